package io.portfoliostream.server.broker;

import static java.util.Objects.requireNonNull;

import io.portfoliostream.server.portfolio.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// Equity curves read from the broker when asked for, and shared for a while, so that a page which
/// shows one leaves the account's request rate to what trades.
///
/// Whoever asks while the same curve is being read waits for that read. A read that takes too long
/// goes on, and serves those who ask later. Safe for any number of threads.
public final class EquityCurves implements EquityHistory {
  static final Duration SHARED = Duration.ofSeconds(15);

  /// A read that failed is not repeated at once.
  static final Duration SHARED_FAILURE = Duration.ofSeconds(2);

  private static final int CAPACITY = 2_000;

  private final Function<UserId, Optional<BrokerAccount>> accounts;
  private final InstantSource clock;
  private final Executor workers;
  private final Duration patience;
  private final Map<Key, Read> reads = new ConcurrentHashMap<>();

  /// Knows nothing yet.
  ///
  /// @param accounts the account of a user, empty when none is linked
  /// @param patience how long anyone waits for the broker
  public EquityCurves(
      Function<UserId, Optional<BrokerAccount>> accounts,
      InstantSource clock,
      Executor workers,
      Duration patience) {
    this.accounts = accounts;
    this.clock = clock;
    this.workers = workers;
    this.patience = patience;
  }

  private record Key(UserId user, EquityQuery query) {}

  /// A read that runs or ran.
  ///
  /// @param account from which: the curve of another one is not the user's any more
  private record Read(BrokerAccount account, Instant since, CompletableFuture<EquityCurve> curve) {
    boolean isShared(Instant now) {
      var life = curve.isCompletedExceptionally() ? SHARED_FAILURE : SHARED;
      return !curve.isDone() || now.isBefore(since.plus(life));
    }
  }

  @Override
  public Optional<Told> of(UserId user, EquityQuery query) {
    return accounts.apply(user).map(account -> await(read(new Key(user, query), account)));
  }

  private Read read(Key key, BrokerAccount account) {
    var now = clock.instant();
    if (reads.size() >= CAPACITY) {
      reads.values().removeIf(read -> !read.isShared(now));
    }
    return requireNonNull(
        reads.compute(
            key,
            (_, last) ->
                last != null && last.account().equals(account) && last.isShared(now)
                    ? last
                    : begin(account, key.query(), now)));
  }

  private Read begin(BrokerAccount account, EquityQuery query, Instant now) {
    return new Read(
        account, now, CompletableFuture.supplyAsync(() -> account.equity(query), workers));
  }

  private Told await(Read read) {
    try {
      var curve = read.curve().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return new Told(curve, read.since());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof BrokerUnavailable
          ? new BrokerUnavailable("the equity curve cannot be read", e.getCause())
          : new IllegalStateException("reading an equity curve failed", e.getCause());
    } catch (TimeoutException e) {
      throw new BrokerUnavailable("the equity curve took too long", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokerUnavailable("interrupted while the equity curve was read", e);
    }
  }
}
