/// Tests of the alerts.
@NullMarked
package io.portfoliostream.server.alerts;

import org.jspecify.annotations.NullMarked;
