/// The ticket, the orders and their executions.
@NullMarked
package io.portfoliostream.ui.orders;

import org.jspecify.annotations.NullMarked;
