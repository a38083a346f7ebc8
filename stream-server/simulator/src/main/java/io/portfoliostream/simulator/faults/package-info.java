/// What is made to go wrong, where, how often and how long; knows no JSON and no socket.
@NullMarked
package io.portfoliostream.simulator.faults;

import org.jspecify.annotations.NullMarked;
