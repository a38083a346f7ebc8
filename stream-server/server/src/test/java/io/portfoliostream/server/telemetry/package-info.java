/// What is claimed of the meters.
@NullMarked
package io.portfoliostream.server.telemetry;

import org.jspecify.annotations.NullMarked;
