/// What is listed, what it costs and when it trades; knows nothing of accounts.
@NullMarked
package io.portfoliostream.simulator.market;

import org.jspecify.annotations.NullMarked;
