/// The portfolio's rules on worked examples.
@NullMarked
package io.portfoliostream.server.portfolio;

import org.jspecify.annotations.NullMarked;
