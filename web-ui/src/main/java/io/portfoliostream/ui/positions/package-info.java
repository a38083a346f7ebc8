/// The open positions.
@NullMarked
package io.portfoliostream.ui.positions;

import org.jspecify.annotations.NullMarked;
