/// The whole way from ledger to replica, simulated: the real hub and real client replicas over a
/// network and a bus that lose, repeat, delay and reorder, on virtual time, from a seed.
@NullMarked
package io.portfoliostream.server.simulation;

import org.jspecify.annotations.NullMarked;
