package io.portfoliostream.server.gateway;

import io.portfoliostream.protocol.ClientMessageCodec;
import io.portfoliostream.protocol.ProblemCode;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.server.auth.Identity;
import io.portfoliostream.server.market.Asset;
import io.portfoliostream.server.market.MarketHours;
import io.portfoliostream.server.market.MarketSession;
import io.portfoliostream.server.marks.Quote;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Reads of the market: its session, what is listed, and quotes.
record MarketRoutes(MarketDesk desk, InstantSource clock) {
  private static final int ASSETS = 20;
  private static final int MAX_ASSETS = 50;
  private static final int MAX_QUERY = 40;
  private static final int MAX_SYMBOLS = 50;
  private static final Duration NOT_YET = Duration.ofSeconds(5);

  List<Resource> resources() {
    return List.of(
        Resource.at("/api/market/clock").own("GET", this::hours),
        Resource.at("/api/assets").own("GET", this::assets),
        Resource.at("/api/quotes").own("GET", this::quotes));
  }

  private Answer hours(Call call, Identity identity) {
    var hours = desk.clock().now();
    return hours.isPresent()
        ? answer(hours.get())
        : notYet("The broker's calendar is not known yet.");
  }

  private Answer answer(MarketHours hours) {
    return Answer.ok(
        new Rest.MarketClock(
            session(hours.session()),
            hours.isOpen(),
            hours.nextOpen(),
            hours.nextClose(),
            clock.instant()));
  }

  private static Rest.MarketClock.Session session(MarketSession session) {
    return switch (session) {
      case PRE -> Rest.MarketClock.Session.PRE;
      case CORE -> Rest.MarketClock.Session.CORE;
      case POST -> Rest.MarketClock.Session.POST;
      case OVERNIGHT -> Rest.MarketClock.Session.OVERNIGHT;
      case CLOSED -> Rest.MarketClock.Session.CLOSED;
    };
  }

  private Answer assets(Call call, Identity identity) {
    var query = call.query("query").map(String::strip).orElse("");
    if (query.isEmpty() || query.length() > MAX_QUERY) {
      throw Refused.invalid("query", "must have 1 to " + MAX_QUERY + " characters");
    }
    var limit = call.number("limit", ASSETS, 1, MAX_ASSETS);
    if (desk.assets().isEmpty()) {
      return notYet("The broker's list of assets is not known yet.");
    }
    var found = desk.assets().search(query, limit).stream().map(MarketRoutes::asset).toList();
    return Answer.ok(new Rest.Assets(clock.instant(), found));
  }

  private static Rest.Assets.Asset asset(Asset asset) {
    return new Rest.Assets.Asset(
        asset.symbol(),
        asset.name(),
        asset.assetClass(),
        asset.exchange(),
        asset.tradable(),
        asset.fractionable(),
        asset.shortable());
  }

  private Answer quotes(Call call, Identity identity) {
    var symbols = symbols(call);
    var quotes = desk.quotes().of(symbols);
    var unknown = symbols.stream().filter(symbol -> !quotes.containsKey(symbol)).toList();
    if (!unknown.isEmpty()) {
      throw Refused.invalid("symbols", "not known: " + String.join(", ", unknown));
    }
    return Answer.ok(
        new Rest.Quotes(
            clock.instant(),
            symbols.stream()
                .flatMap(symbol -> Stream.ofNullable(quotes.get(symbol)))
                .map(MarketRoutes::quote)
                .toList()));
  }

  private static Set<String> symbols(Call call) {
    var symbols = new LinkedHashSet<String>();
    for (var symbol : call.query("symbols").orElse("").split(",", -1)) {
      if (!ClientMessageCodec.isSymbol(symbol)) {
        var shown = symbol.length() > MAX_QUERY ? symbol.substring(0, MAX_QUERY) + "…" : symbol;
        throw Refused.invalid("symbols", "not a symbol: '" + shown + "'");
      }
      symbols.add(symbol);
      if (symbols.size() > MAX_SYMBOLS) {
        throw Refused.invalid("symbols", "at most " + MAX_SYMBOLS + " symbols");
      }
    }
    return symbols;
  }

  private static Rest.Quotes.Quote quote(Quote quote) {
    var last = quote.last();
    var offers = quote.offers();
    var halt = quote.halt();
    return new Rest.Quotes.Quote(
        quote.symbol(),
        last == null ? null : last.price(),
        last == null ? null : last.at(),
        offers == null ? null : offers.bid(),
        offers == null ? null : offers.bidSize(),
        offers == null ? null : offers.ask(),
        offers == null ? null : offers.askSize(),
        offers == null ? null : offers.at(),
        quote.readAt(),
        quote.stale(),
        source(quote.source()),
        halt != null,
        halt == null ? null : halt.reason(),
        halt == null ? null : halt.since());
  }

  private static Rest.Quotes.Source source(Quote.Source source) {
    return switch (source) {
      case STREAM -> Rest.Quotes.Source.STREAM;
      case POLL -> Rest.Quotes.Source.POLL;
    };
  }

  private static Answer notYet(String detail) {
    return Answer.problem(ProblemCode.UNAVAILABLE, detail).retryAfter(NOT_YET);
  }
}
