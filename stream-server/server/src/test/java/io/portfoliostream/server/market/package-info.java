/// Proves the market's calendar, its clock and the directory of assets.
@NullMarked
package io.portfoliostream.server.market;

import org.jspecify.annotations.NullMarked;
