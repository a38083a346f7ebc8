package io.portfoliostream.simulator.store;

import io.portfoliostream.simulator.broker.Delta;
import io.portfoliostream.simulator.broker.ExchangeState;
import java.util.List;
import java.util.Optional;

/// A store for an exchange that is to be forgotten: it keeps nothing.
public final class MemoryStore implements Store {

  @Override
  public Optional<Saved> load() {
    return Optional.empty();
  }

  @Override
  public void begin(ExchangeState state) {}

  @Override
  public void append(List<Delta> deltas) {}

  @Override
  public boolean wantsSnapshot() {
    return false;
  }

  @Override
  public void snapshot(ExchangeState state) {}

  @Override
  public void close() {}
}
