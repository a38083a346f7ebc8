/// What the exchange remembers over a restart: a journal that is forced to disk, and snapshots.
@NullMarked
package io.portfoliostream.simulator.store;

import org.jspecify.annotations.NullMarked;
