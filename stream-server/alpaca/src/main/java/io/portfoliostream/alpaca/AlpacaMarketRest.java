package io.portfoliostream.alpaca;

import com.fasterxml.jackson.databind.JsonNode;
import io.portfoliostream.alpaca.RestTransport.Api;
import java.net.http.HttpClient;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// What Alpaca tells about the market: when it trades, what is listed, what was traded last. Every
/// method blocks; safe for several threads.
///
/// All methods are reads, are repeated after failures that may pass, and throw [AlpacaException].
public final class AlpacaMarketRest {
  /// The most symbols that go into one request; more are asked for in parts.
  public static final int SYMBOLS_PER_REQUEST = 100;

  private static final List<String> ASSET_CLASSES = List.of("us_equity", "crypto");

  private final RestTransport transport;
  private final String feed;

  /// Creates a client; it opens nothing yet.
  ///
  /// @param http must have a connect timeout and must not follow redirects
  public AlpacaMarketRest(
      HttpClient http,
      AlpacaEndpoints endpoints,
      AlpacaCredentials credentials,
      RestPolicy policy,
      Timing timing) {
    this.transport = new RestTransport(http, endpoints, credentials, policy, timing);
    this.feed = endpoints.feed();
  }

  /// Whether a symbol is a pair of currencies, such as `BTC/USD`: those trade around the clock and
  /// are not on the feeds of stocks.
  public static boolean isPair(String symbol) {
    return symbol.indexOf('/') >= 0;
  }

  /// The market clock.
  public AlpacaClock clock() {
    var answer = get(Api.TRADING, "/v2/clock");
    return readable("clock", () -> AlpacaClock.read(Fields.of("clock", answer)));
  }

  /// The trading days from a date to a date, both included, in their order.
  public List<AlpacaCalendarDay> calendar(LocalDate from, LocalDate to) {
    var answer = get(Api.TRADING, "/v2/calendar?start=%s&end=%s".formatted(from, to));
    return readable("calendar", () -> Fields.list("calendar", answer, AlpacaCalendarDay::read));
  }

  /// All active assets, stocks first.
  public List<AlpacaAsset> assets() {
    var assets = new ArrayList<AlpacaAsset>();
    for (var assetClass : ASSET_CLASSES) {
      var path = "/v2/assets?status=active&asset_class=" + assetClass;
      var answer = get(Api.TRADING, path);
      assets.addAll(readable("assets", () -> Fields.list("assets", answer, AlpacaAsset::read)));
    }
    return List.copyOf(assets);
  }

  /// The newest trades and quotes, by symbol; symbols that the broker does not know are left out.
  public Map<String, AlpacaSnapshot> snapshots(Collection<String> symbols) {
    var stocks = new TreeSet<String>();
    var pairs = new TreeSet<String>();
    symbols.forEach(symbol -> (isPair(symbol) ? pairs : stocks).add(symbol));
    var snapshots = new LinkedHashMap<String, AlpacaSnapshot>();
    for (var part : parts(stocks)) {
      var query = "symbols=" + part + "&feed=" + RestTransport.encoded(feed);
      var answer = get(Api.DATA, "/v2/stocks/snapshots?" + query);
      snapshots.putAll(readable("snapshots", () -> read(Fields.of("snapshots", answer))));
    }
    for (var part : parts(pairs)) {
      var answer = get(Api.DATA, "/v1beta3/crypto/us/snapshots?symbols=" + part);
      snapshots.putAll(readable("snapshots", () -> wrapped(answer)));
    }
    return Map.copyOf(snapshots);
  }

  private JsonNode get(Api api, String path) {
    return transport.get(api, Priority.READ, path);
  }

  private static List<String> parts(Set<String> symbols) {
    var sorted = List.copyOf(symbols);
    var parts = new ArrayList<String>();
    for (var from = 0; from < sorted.size(); from += SYMBOLS_PER_REQUEST) {
      var part = sorted.subList(from, Math.min(sorted.size(), from + SYMBOLS_PER_REQUEST));
      parts.add(RestTransport.encoded(String.join(",", part)));
    }
    return parts;
  }

  private static Map<String, AlpacaSnapshot> wrapped(JsonNode answer) {
    return Fields.of("answer", answer)
        .objectIfPresent("snapshots")
        .map(AlpacaMarketRest::read)
        .orElse(Map.of());
  }

  private static Map<String, AlpacaSnapshot> read(Fields answer) {
    var snapshots = new LinkedHashMap<String, AlpacaSnapshot>();
    for (var entry : answer.node().properties()) {
      var symbol = entry.getKey();
      if (!entry.getValue().isNull()) {
        var fields = Fields.of("snapshots." + symbol, entry.getValue());
        snapshots.put(symbol, AlpacaSnapshot.read(symbol, fields));
      }
    }
    return snapshots;
  }

  private static <T> T readable(String what, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (UnreadableException e) {
      throw new AlpacaException.OutcomeUnknown(
          "unreadable answer for %s: %s".formatted(what, e.getMessage()), e);
    }
  }
}
