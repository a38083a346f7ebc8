/// The broker's JSON shapes for orders, positions, accounts, activities and market data.
@NullMarked
package io.portfoliostream.simulator.json;

import org.jspecify.annotations.NullMarked;
