package io.portfoliostream.server.broker;

import io.portfoliostream.server.marks.Halts;
import io.portfoliostream.server.marks.MarkBook;
import io.portfoliostream.server.marks.Quote;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Last trade, bid and offer of any symbol, read from the broker when asked for.
///
/// What was read less than [#SHARED] ago is given to the next who asks too. When the broker cannot
/// be read, what is known is given and called stale. Safe for any number of threads.
public final class QuoteDesk {
  private static final System.Logger LOG = System.getLogger(QuoteDesk.class.getName());

  static final Duration SHARED = Duration.ofSeconds(2);

  private static final int CAPACITY = 5_000;

  private final MarketReads reads;
  private final MarkBook book;
  private final Halts halts;
  private final Predicate<String> streamed;
  private final InstantSource clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  private record Known(SymbolSnapshot snapshot, Instant readAt) {}

  /// Creates a desk that knows nothing but what is in `book` and `halts`.
  ///
  /// @param streamed whether the stream tells a symbol's trades
  public QuoteDesk(
      MarketReads reads,
      MarkBook book,
      Halts halts,
      Predicate<String> streamed,
      InstantSource clock) {
    this.reads = reads;
    this.book = book;
    this.halts = halts;
    this.streamed = streamed;
    this.clock = clock;
  }

  /// The quotes of `symbols`; a symbol is left out when the broker says that it does not know it.
  public Map<String, Quote> quotes(Collection<String> symbols) {
    var now = clock.instant();
    var old = symbols.stream().filter(symbol -> !isShared(known.get(symbol), now)).toList();
    var answered = old.isEmpty() || read(old, now);
    var quotes = new HashMap<String, Quote>();
    for (var symbol : symbols) {
      var found = known.get(symbol);
      if (found != null || !answered || book.mark(symbol).isPresent()) {
        quotes.put(symbol, quote(symbol, found, now));
      }
    }
    return quotes;
  }

  private static boolean isShared(@Nullable Known known, Instant now) {
    return known != null && now.isBefore(known.readAt().plus(SHARED));
  }

  private boolean read(Collection<String> symbols, Instant now) {
    try {
      var answer = reads.snapshots(symbols);
      makeRoom(answer.size(), now);
      answer.forEach((symbol, snapshot) -> known.put(symbol, new Known(snapshot, now)));
      return true;
    } catch (BrokerUnavailable e) {
      LOG.log(Level.DEBUG, "quotes are stale", e);
      return false;
    }
  }

  private void makeRoom(int wanted, Instant now) {
    if (known.size() + wanted > CAPACITY) {
      known.values().removeIf(entry -> !isShared(entry, now));
    }
  }

  private Quote quote(String symbol, @Nullable Known found, Instant now) {
    return new Quote(
        symbol,
        last(symbol, found == null ? null : found.snapshot().last()),
        found == null ? null : found.snapshot().offers(),
        found == null ? null : found.readAt(),
        !isShared(found, now),
        streamed.test(symbol) ? Quote.Source.STREAM : Quote.Source.POLL,
        halts.of(symbol).orElse(null));
  }

  /// The later one of what was read and what the stream told.
  private Quote.@Nullable Last last(String symbol, Quote.@Nullable Last read) {
    return book.mark(symbol)
        .filter(mark -> read == null || mark.tradedAt().isAfter(read.at()))
        .map(mark -> new Quote.Last(mark.price(), mark.tradedAt()))
        .orElse(read);
  }
}
