package io.portfoliostream.server.broker;

import io.portfoliostream.alpaca.AlpacaMarketRest;
import io.portfoliostream.alpaca.MarketStatus;
import io.portfoliostream.alpaca.MarketStreamListener;
import io.portfoliostream.alpaca.MarketTrade;
import io.portfoliostream.alpaca.StreamState;
import io.portfoliostream.protocol.ClientMessageCodec;
import io.portfoliostream.server.bus.Registration;
import io.portfoliostream.server.marks.Halts;
import io.portfoliostream.server.marks.Interest;
import io.portfoliostream.server.marks.MarkBook;
import io.portfoliostream.server.marks.Pulses;
import io.portfoliostream.server.marks.Way;
import io.portfoliostream.server.portfolio.Mark;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Prices from the broker's market data, for the symbols that someone wants.
///
/// The stream tells what trades from now on, for as many symbols as the data plan allows, the most
/// wanted ones. What a symbol was last traded at before its subscription stood is read by REST, at
/// each connection anew. The symbols that do not stream are read by REST every few seconds.
///
/// Safe for any number of threads.
public final class PriceFeed implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PriceFeed.class.getName());

  /// Symbols that become wanted together are subscribed to together.
  static final Duration GATHER = Duration.ofMillis(20);

  /// After this a symbol without a price is read rather than waited for.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  static final Duration AGAIN = Duration.ofSeconds(5);

  /// How old a price that does not stream becomes.
  static final Duration POLL = Duration.ofSeconds(5);

  /// With this between two requests, many symbols are read less often rather than over the rate.
  private static final Duration PER_REQUEST = Duration.ofSeconds(1);

  private final MarketReads reads;
  private final TickStream stream;
  private final Board board;
  private final Consumer<List<Mark>> ticks;
  private final Drive drive;
  private final Registration registration;
  private final AtomicBoolean gathering = new AtomicBoolean();
  private final AtomicBoolean looking = new AtomicBoolean();
  private final AtomicBoolean readable = new AtomicBoolean(true);
  private final AtomicReference<@Nullable Instant> lastTickAt = new AtomicReference<>();
  private final Object planning = new Object();
  private StreamPlan plan = StreamPlan.NOTHING;
  private Instant plannedAt = Instant.EPOCH;
  private boolean live;
  private volatile int limit;
  private volatile boolean closed;

  /// What the feed writes on, besides telling ticks.
  ///
  /// @param book tells which symbols have no price yet
  public record Board(MarkBook book, Interest interest, Pulses pulses, Halts halts) {}

  /// Creates the feed; nothing is opened before [#start].
  ///
  /// @param stream makes the stream for a listener
  /// @param ticks hears all marks
  /// @param limit how many symbols the data plan streams
  public PriceFeed(
      MarketReads reads,
      Function<MarketStreamListener, TickStream> stream,
      Board board,
      Consumer<List<Mark>> ticks,
      Drive drive,
      int limit) {
    this.reads = reads;
    this.board = board;
    this.ticks = ticks;
    this.drive = drive;
    this.limit = limit;
    this.stream = stream.apply(new Listener());
    this.registration = board.interest().onChange(_ -> resubscribe());
  }

  /// Begins to connect, and to read what does not stream.
  public void start() {
    stream.start();
    resubscribe();
    later(POLL, this::poll);
  }

  /// When the last price arrived.
  public Optional<Instant> lastTickAt() {
    return Optional.ofNullable(lastTickAt.get());
  }

  /// Whether the stream tells the trades of `symbol`.
  public boolean isStreamed(String symbol) {
    return stream.subscribed().contains(symbol);
  }

  /// How many symbols the plan streams, as far as is known.
  public int limit() {
    return limit;
  }

  /// Whether a symbol trades around the clock.
  public static boolean tradesAlways(String symbol) {
    return AlpacaMarketRest.isPair(symbol);
  }

  /// Reads the newest trades of `symbols`, to tell a quiet market from a mute stream; does nothing
  /// while an earlier look goes on.
  public void look(Collection<String> symbols) {
    if (looking.compareAndSet(false, true)) {
      var all = List.copyOf(symbols);
      work(() -> {
        try {
          var _ = read(all);
        } finally {
          looking.set(false);
        }
      });
    }
  }

  /// Connects anew, since the stream is mute.
  public void reconnect(String cause) {
    LOG.log(Level.WARNING, "market data stream given up: {0}", cause);
    stream.reconnect(cause);
  }

  @Override
  public void close() {
    closed = true;
    registration.close();
    stream.close();
  }

  private void resubscribe() {
    if (!closed && gathering.compareAndSet(false, true)) {
      later(GATHER, this::subscribeWanted);
    }
  }

  private void subscribeWanted() {
    gathering.set(false);
    if (closed) {
      return;
    }
    replan();
    later(PATIENCE, this::seedUnpriced);
  }

  /// Reads what has no price although it is wanted: the stream takes its time.
  private void seedUnpriced() {
    var wanted = board.interest().symbols();
    seed(wanted.stream().filter(symbol -> board.book().mark(symbol).isEmpty()).toList());
  }

  /// Chooses what to stream, and tells the stream when that changed. What is neither a stock nor a
  /// pair, such as an option, has no price here; asking for it would spoil the whole request.
  private void replan() {
    var counts = new HashMap<>(board.interest().counts());
    counts.keySet().removeIf(symbol -> !ClientMessageCodec.isSymbol(symbol));
    synchronized (planning) {
      var before = plan;
      plan = before.next(counts, limit);
      if (!plan.streamed().equals(before.streamed())) {
        plannedAt = drive.clock().instant();
        stream.subscribe(plan.streamed());
      }
    }
    align();
  }

  /// Writes down how the prices of each symbol arrive; what begins to stream is read once.
  private void align() {
    List<String> begun;
    synchronized (planning) {
      begun = board.pulses().follow(ways(), drive.clock().instant());
    }
    seed(begun);
  }

  private Map<String, Way> ways() {
    var subscribed = stream.subscribed();
    var refused = isSettled() ? Way.POLLED : Way.AWAITED;
    var ways = new HashMap<String, Way>();
    plan.streamed()
        .forEach(symbol -> ways.put(symbol, subscribed.contains(symbol) ? Way.STREAMED : refused));
    plan.polled().forEach(symbol -> ways.put(symbol, Way.POLLED));
    return ways;
  }

  /// Whether what a live stream has not confirmed by now will not be confirmed.
  private boolean isSettled() {
    return live && plannedAt.plus(AGAIN).isBefore(drive.clock().instant());
  }

  /// Reads the last trades of `symbols`; what cannot be read now is read later.
  private void seed(Collection<String> symbols) {
    for (var part : parts(symbols)) {
      work(() -> {
        if (!readPart(part)) {
          later(AGAIN, () -> seed(stillWanted(part)));
        }
      });
    }
  }

  private List<String> stillWanted(Collection<String> symbols) {
    var wanted = board.interest().symbols();
    return symbols.stream().filter(wanted::contains).toList();
  }

  /// As much as one request takes each.
  private static List<List<String>> parts(Collection<String> symbols) {
    var all = symbols.stream().filter(ClientMessageCodec::isSymbol).sorted().toList();
    var parts = new ArrayList<List<String>>();
    for (var from = 0; from < all.size(); from += AlpacaMarketRest.SYMBOLS_PER_REQUEST) {
      parts.add(
          all.subList(from, Math.min(all.size(), from + AlpacaMarketRest.SYMBOLS_PER_REQUEST)));
    }
    return parts;
  }

  private void poll() {
    if (closed) {
      return;
    }
    replan();
    var symbols = polled();
    var requests = symbols.size() / AlpacaMarketRest.SYMBOLS_PER_REQUEST + 1;
    var pause = PER_REQUEST.multipliedBy(requests);
    var next = pause.compareTo(POLL) > 0 ? pause : POLL;
    if (symbols.isEmpty()) {
      later(next, this::poll);
      return;
    }
    work(() -> {
      try {
        if (read(symbols)) {
          lastTickAt.set(drive.clock().instant());
        }
      } finally {
        later(next, this::poll);
      }
    });
  }

  private Set<String> polled() {
    synchronized (planning) {
      var symbols = new HashSet<String>();
      ways()
          .forEach((symbol, way) -> {
            if (way == Way.POLLED) {
              symbols.add(symbol);
            }
          });
      return symbols;
    }
  }

  /// Reads until something cannot be read.
  private boolean read(Collection<String> symbols) {
    return parts(symbols).stream().allMatch(this::readPart);
  }

  /// Reads the newest trades, publishes them, and lets them speak for the stream or against it.
  private boolean readPart(List<String> symbols) {
    if (closed) {
      return true;
    }
    var question = board.pulses().ask(symbols);
    try {
      var snapshots = reads.snapshots(symbols);
      var now = drive.clock().instant();
      var marks = new ArrayList<Mark>();
      var newest = new HashMap<String, Instant>();
      snapshots.forEach((symbol, snapshot) -> {
        var last = snapshot.last();
        if (last != null) {
          marks.add(new Mark(symbol, last.price(), last.at(), now));
          newest.put(symbol, last.at());
          board.halts().traded(symbol, last.at());
        }
      });
      publish(marks);
      board.pulses().answer(question, newest, now);
      readable.set(true);
      return true;
    } catch (BrokerUnavailable e) {
      LOG.log(readable.getAndSet(false) ? Level.WARNING : Level.DEBUG, e.getMessage());
      return false;
    }
  }

  /// The book is fed by whoever hears the ticks, and keeps the later trade of two.
  private void publish(List<Mark> marks) {
    if (!marks.isEmpty()) {
      ticks.accept(marks);
    }
  }

  private void work(Runnable task) {
    try {
      drive.workers().execute(task);
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "the server is closing", e);
    }
  }

  private void later(Duration delay, Runnable task) {
    if (!closed) {
      try {
        var _ = drive.timers().schedule(delay, task);
      } catch (RejectedExecutionException e) {
        LOG.log(Level.DEBUG, "the server is closing", e);
      }
    }
  }

  private final class Listener implements MarketStreamListener {
    @Override
    public void onState(StreamState state) {
      synchronized (planning) {
        live = state instanceof StreamState.Live;
      }
      align();
    }

    @Override
    public void onSubscribed(Set<String> symbols) {
      align();
    }

    @Override
    public void onTrades(List<MarketTrade> trades, Instant receivedAt) {
      lastTickAt.set(receivedAt);
      var marks = new ArrayList<Mark>(trades.size());
      for (var trade : trades) {
        board.pulses().ticked(trade.symbol(), trade.time(), receivedAt);
        board.halts().traded(trade.symbol(), trade.time());
        marks.add(new Mark(trade.symbol(), trade.price(), trade.time(), receivedAt));
      }
      publish(marks);
    }

    @Override
    public void onStatus(MarketStatus status, Instant receivedAt) {
      var reason =
          status.reasonMessage().isEmpty() ? status.statusMessage() : status.reasonMessage();
      board.halts().status(status.symbol(), status.statusCode(), reason, status.time());
    }

    @Override
    public void onLimit(int symbols) {
      if (symbols < limit) {
        LOG.log(Level.WARNING, "the data plan streams {0} symbols; the others are polled", symbols);
        limit = symbols;
        resubscribe();
      }
    }

    @Override
    public void onError(int code, String message) {
      LOG.log(Level.WARNING, "market data error {0}: {1}", code, message);
    }
  }
}
