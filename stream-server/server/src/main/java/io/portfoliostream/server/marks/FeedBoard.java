package io.portfoliostream.server.marks;

import io.portfoliostream.server.bus.Listeners;
import io.portfoliostream.server.bus.Registration;
import io.portfoliostream.server.portfolio.UserId;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How fresh the data behind the portfolios is: market data for all, trading for each user.
///
/// A source of which nothing was said yet is stale since the board was made: nothing looks live
/// that was never heard. While the ledger cannot be read, trading is stale for everyone. Listeners
/// hear transitions only; a repeated state with a newer `lastEventAt` is kept quietly.
///
/// Safe for any number of threads.
public final class FeedBoard {
  private final FeedState unheard;
  private final Map<UserId, FeedState> trading = new ConcurrentHashMap<>();
  private final AtomicReference<FeedState> marketData;
  private final AtomicReference<@Nullable Instant> ledgerLostAt = new AtomicReference<>();
  private final Listeners<Change> listeners = new Listeners<>("a change of a feed");

  /// Creates a board on which every source is stale.
  public FeedBoard(Instant now) {
    this.unheard = new FeedState(false, now, null);
    this.marketData = new AtomicReference<>(unheard);
  }

  /// A source of data.
  public enum Source {
    /// Orders, executions, positions, cash.
    TRADING,
    /// Prices.
    MARKET_DATA
  }

  /// A source went stale, or came back.
  ///
  /// @param user whose source, absent for everyone's
  /// @param state the new state as reported; for one user ask the board, since another cause of
  ///   staleness may outlast it
  public record Change(@Nullable UserId user, Source source, FeedState state) {}

  /// Reports the freshness of a user's trading data.
  public void trading(UserId user, FeedState state) {
    var before = new AtomicReference<>(unheard);
    trading.compute(
        user,
        (_, known) -> {
          before.set(known == null ? unheard : known);
          return after(before.get(), state);
        });
    if (before.get().live() != state.live()) {
      listeners.tell(new Change(user, Source.TRADING, state));
    }
  }

  /// Reports the freshness of prices.
  public void marketData(FeedState state) {
    var before = marketData.getAndUpdate(known -> after(known, state));
    if (before.live() != state.live()) {
      listeners.tell(new Change(null, Source.MARKET_DATA, state));
    }
  }

  /// Reports that the ledger cannot be read.
  public void ledgerLost(Instant at) {
    if (ledgerLostAt.compareAndSet(null, at)) {
      listeners.tell(new Change(null, Source.TRADING, new FeedState(false, at, null)));
    }
  }

  /// Reports that the ledger can be read again.
  public void ledgerFound(Instant at) {
    if (ledgerLostAt.getAndSet(null) != null) {
      listeners.tell(new Change(null, Source.TRADING, new FeedState(true, at, null)));
    }
  }

  /// The freshness of a user's trading data.
  public FeedState trading(UserId user) {
    var own = trading.getOrDefault(user, unheard);
    var lostAt = ledgerLostAt.get();
    return lostAt != null && own.live() ? new FeedState(false, lostAt, own.lastEventAt()) : own;
  }

  /// The freshness of prices.
  public FeedState marketData() {
    return marketData.get();
  }

  /// Hears each transition.
  public Registration onChange(Consumer<Change> listener) {
    return listeners.add(listener);
  }

  /// A source that stays as it is stays so since it became so.
  private static FeedState after(FeedState known, FeedState reported) {
    return known.live() == reported.live()
        ? new FeedState(known.live(), known.since(), reported.lastEventAt())
        : reported;
  }
}
