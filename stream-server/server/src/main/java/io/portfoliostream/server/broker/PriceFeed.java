package io.portfoliostream.server.broker;

import io.portfoliostream.alpaca.AlpacaException;
import io.portfoliostream.alpaca.AlpacaRest;
import io.portfoliostream.alpaca.MarketStream;
import io.portfoliostream.alpaca.MarketStreamListener;
import io.portfoliostream.alpaca.MarketTrade;
import io.portfoliostream.alpaca.StreamState;
import io.portfoliostream.server.bus.Registration;
import io.portfoliostream.server.marks.Interest;
import io.portfoliostream.server.marks.MarkBook;
import io.portfoliostream.server.portfolio.Mark;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Prices from the broker's market data, for the symbols that someone wants.
///
/// The stream tells what trades from now on; what a symbol was last traded at before, after a
/// reconnect as well as for a symbol that is new, is read by REST.
public final class PriceFeed implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PriceFeed.class.getName());

  /// Symbols that become wanted together are subscribed to together.
  private static final Duration GATHER = Duration.ofMillis(20);

  private static final Duration SEED_AGAIN = Duration.ofSeconds(5);
  private static final int SYMBOLS_PER_READ = 200;

  private final AlpacaRest rest;
  private final MarketStream stream;
  private final MarkBook book;
  private final Interest interest;
  private final Consumer<List<Mark>> ticks;
  private final InstantSource clock;
  private final ScheduledExecutorService timers;
  private final Executor workers;
  private final AtomicBoolean gathering = new AtomicBoolean();
  private final AtomicReference<@Nullable Instant> lastTickAt = new AtomicReference<>();
  private final Registration registration;
  private volatile boolean closed;

  /// What drives the feed.
  ///
  /// @param workers runs what may block
  public record Drive(InstantSource clock, ScheduledExecutorService timers, Executor workers) {}

  /// Creates the feed; nothing is opened before [#start].
  ///
  /// @param stream makes the stream for a listener
  /// @param book tells which symbols have no price yet
  /// @param ticks hears all marks
  public PriceFeed(
      AlpacaRest rest,
      Function<MarketStreamListener, MarketStream> stream,
      MarkBook book,
      Interest interest,
      Consumer<List<Mark>> ticks,
      Drive drive) {
    this.rest = rest;
    this.book = book;
    this.interest = interest;
    this.ticks = ticks;
    this.clock = drive.clock();
    this.timers = drive.timers();
    this.workers = drive.workers();
    this.stream = stream.apply(new Listener());
    this.registration = interest.onChange(_ -> resubscribe());
  }

  /// Begins to connect.
  public void start() {
    stream.start();
    resubscribe();
  }

  /// When the last price arrived.
  public Optional<Instant> lastTickAt() {
    return Optional.ofNullable(lastTickAt.get());
  }

  /// Whether the market is open now.
  ///
  /// @throws BrokerUnavailable when the broker does not tell
  public boolean isMarketOpen() {
    try {
      return rest.clock().isOpen();
    } catch (AlpacaException e) {
      throw new BrokerUnavailable("cannot read the clock", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    registration.close();
    stream.close();
  }

  private void resubscribe() {
    if (!closed && gathering.compareAndSet(false, true)) {
      var _ = timers.schedule(this::subscribeWanted, GATHER.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void subscribeWanted() {
    gathering.set(false);
    var wanted = interest.symbols();
    stream.subscribe(wanted);
    seed(wanted.stream().filter(symbol -> book.mark(symbol).isEmpty()).toList());
  }

  /// Reads the last trades of `symbols`; what cannot be read now is read later.
  private void seed(Collection<String> symbols) {
    var all = List.copyOf(symbols);
    for (var from = 0; from < all.size(); from += SYMBOLS_PER_READ) {
      var part = all.subList(from, Math.min(all.size(), from + SYMBOLS_PER_READ));
      workers.execute(() -> seedPart(part));
    }
  }

  private void seedPart(List<String> symbols) {
    if (closed) {
      return;
    }
    try {
      var marks = new ArrayList<Mark>();
      var now = clock.instant();
      for (var snapshot : rest.snapshots(symbols).values()) {
        var trade = snapshot.latestTrade();
        if (trade != null) {
          marks.add(new Mark(snapshot.symbol(), trade.price(), trade.time(), now));
        }
      }
      publish(marks);
    } catch (AlpacaException e) {
      LOG.log(Level.WARNING, "cannot read last prices: {0}", e.getMessage());
      var _ = timers.schedule(() -> seed(symbols), SEED_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /// The book is fed by whoever hears the ticks.
  private void publish(List<Mark> marks) {
    if (!marks.isEmpty()) {
      ticks.accept(marks);
    }
  }

  private final class Listener implements MarketStreamListener {
    @Override
    public void onState(StreamState state) {
      if (state instanceof StreamState.Live) {
        seed(interest.symbols());
      }
    }

    @Override
    public void onTrades(List<MarketTrade> trades, Instant receivedAt) {
      lastTickAt.set(receivedAt);
      var marks = new ArrayList<Mark>(trades.size());
      for (var trade : trades) {
        marks.add(new Mark(trade.symbol(), trade.price(), trade.time(), receivedAt));
      }
      publish(marks);
    }

    @Override
    public void onError(int code, String message) {
      LOG.log(Level.WARNING, "market data error {0}: {1}", code, message);
    }
  }
}
