package io.portfoliostream.simulator.store;

import io.portfoliostream.simulator.broker.Delta;
import io.portfoliostream.simulator.broker.ExchangeState;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Where the exchange is kept over a restart.
///
/// One thread at a time calls it.
public interface Store extends AutoCloseable {

  /// A state and what changed after it.
  record Saved(ExchangeState state, List<Delta> later) {

    public Saved {
      later = List.copyOf(later);
    }
  }

  /// What was kept; empty for a store that is new.
  Optional<Saved> load() throws IOException;

  /// Keeps a whole state and begins to take changes to it.
  void begin(ExchangeState state) throws IOException;

  /// Keeps changes; those that must last have reached the disk when this returns.
  void append(List<Delta> deltas) throws IOException;

  /// Whether so many changes have come together that a snapshot would be shorter.
  boolean wantsSnapshot();

  /// Keeps a whole state in place of the changes up to it. The state contains everything that was
  /// appended, and nothing else.
  void snapshot(ExchangeState state) throws IOException;

  @Override
  void close() throws IOException;
}
