package io.portfoliostream.alpaca;

import com.fasterxml.jackson.databind.JsonNode;
import io.portfoliostream.alpaca.RestTransport.Api;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Alpaca's REST API for one credential. Every method blocks; safe for several threads.
///
/// There should be one instance per credential, since it keeps the credential's rate. Reads are
/// repeated after failures that may pass; [#submit], [#replace] and [#cancel] are sent once, and
/// throw what is known of their effect.
///
/// All methods throw [AlpacaException].
public final class AlpacaRest {
  private static final int ORDERS_PER_PAGE = 500;
  private static final int ACTIVITIES_PER_PAGE = 100;
  private static final int MAX_PAGES = 1_000;

  private final RestTransport transport;
  private final Priority priority;

  /// Creates a client; it opens nothing yet.
  ///
  /// @param http must have a connect timeout and must not follow redirects
  public AlpacaRest(
      HttpClient http,
      AlpacaEndpoints endpoints,
      AlpacaCredentials credentials,
      RestPolicy policy,
      Timing timing) {
    this(new RestTransport(http, endpoints, credentials, policy, timing), Priority.READ);
  }

  private AlpacaRest(RestTransport transport, Priority priority) {
    this.transport = transport;
    this.priority = priority;
  }

  /// The same client, sharing the credential's rate, for reads that can wait: they leave what is
  /// scarce to other reads, as all reads leave it to order entry.
  public AlpacaRest inBackground() {
    return new AlpacaRest(transport, Priority.BACKGROUND);
  }

  /// The account's money.
  public AlpacaAccount account() {
    var answer = read(Api.TRADING, "/v2/account");
    return readable("account", () -> AlpacaAccount.read(Fields.of("account", answer)));
  }

  /// All open positions.
  public List<AlpacaPosition> positions() {
    var answer = read(Api.TRADING, "/v2/positions");
    return readable("positions", () -> Fields.list("positions", answer, AlpacaPosition::read));
  }

  /// The open position in a symbol, if there is one.
  public Optional<AlpacaPosition> position(String symbol) {
    return find("/v2/positions/" + RestTransport.encoded(symbol))
        .map(a -> readable("position", () -> AlpacaPosition.read(Fields.of("position", a))));
  }

  /// Submits an order, once.
  ///
  /// After [AlpacaException.OutcomeUnknown] the order may exist: ask [#orderByClientId] before any
  /// other try.
  public AlpacaOrder submit(AlpacaOrderRequest request) {
    return order(transport.post("/v2/orders", request.json()));
  }

  /// Replaces an open order, once; the answer is the order that is to take its place, under an id
  /// of its own.
  ///
  /// It has taken it only when the stream says `replaced`: until then `order_replace_rejected` may
  /// come, and the old order may be filled. After [AlpacaException.OutcomeUnknown] ask
  /// [#orderByClientId] for the new order or [#order] for the old one, whose `replacedBy` tells.
  ///
  /// @param id the broker's id of the order to replace
  public AlpacaOrder replace(String id, AlpacaReplaceRequest request) {
    return order(transport.patch("/v2/orders/" + RestTransport.encoded(id), request.json()));
  }

  /// An order by the broker's id.
  public Optional<AlpacaOrder> order(String id) {
    return find("/v2/orders/" + RestTransport.encoded(id) + "?nested=true").map(AlpacaRest::order);
  }

  /// An order by the id we gave it.
  public Optional<AlpacaOrder> orderByClientId(String clientOrderId) {
    return find("/v2/orders:by_client_order_id?client_order_id="
            + RestTransport.encoded(clientOrderId))
        .map(AlpacaRest::order);
  }

  /// All open orders, oldest first, legs within their parents.
  public List<AlpacaOrder> openOrders() {
    return orders("status=open&nested=true", "");
  }

  /// All orders submitted after a point in time, open and closed, oldest first, legs on their own.
  public List<AlpacaOrder> ordersAfter(Instant submittedAfter) {
    return orders("status=all", "&after=" + RestTransport.encoded(submittedAfter.toString()));
  }

  /// Asks the broker to cancel an order, once; whether it does arrives as an update.
  ///
  /// An order that cannot be canceled any more is [AlpacaException.Rejected] with status 422, an
  /// unknown one with 404.
  public void cancel(String id) {
    transport.delete("/v2/orders/" + RestTransport.encoded(id));
  }

  /// Fills, oldest first.
  ///
  /// @param pageToken id of the last fill already known; those after it are returned
  /// @param after only fills after this time
  public List<AlpacaFill> fills(@Nullable String pageToken, @Nullable Instant after) {
    return pages("fills", "/FILL?", AlpacaFill::read, AlpacaFill::id, pageToken, after);
  }

  /// The fills of one order, oldest first.
  ///
  /// @param orderId the broker's id of the order
  public List<AlpacaFill> fillsOf(String orderId) {
    var filter = "/FILL?order_id=" + RestTransport.encoded(orderId) + "&";
    return pages("fills of an order", filter, AlpacaFill::read, AlpacaFill::id, null, null);
  }

  /// What changed the account other than trades, oldest first.
  ///
  /// @param types such as `CSD`, `CSW`, `JNLC`, `FEE`, `DIV`; none for all but trades
  /// @param pageToken id of the last activity already known; those after it are returned
  /// @param after only activities created after this time
  public List<AlpacaActivity> activities(
      Collection<String> types, @Nullable String pageToken, @Nullable Instant after) {
    if (types.contains("FILL")) {
      throw new IllegalArgumentException("fills are no activities of this kind: use fills()");
    }
    var filter =
        types.isEmpty()
            ? "?category=non_trade_activity&"
            : "?activity_types=%s&"
                .formatted(RestTransport.encoded(String.join(",", new TreeSet<>(types))));
    return pages("activities", filter, AlpacaActivity::read, AlpacaActivity::id, pageToken, after);
  }

  /// The account's worth over time.
  public AlpacaPortfolioHistory portfolioHistory(AlpacaHistoryQuery query) {
    var answer = read(Api.TRADING, "/v2/account/portfolio/history" + query.text());
    return readable(
        "portfolio history",
        () -> AlpacaPortfolioHistory.read(Fields.of("portfolio history", answer)));
  }

  /// The market clock.
  public AlpacaClock clock() {
    var answer = read(Api.TRADING, "/v2/clock");
    return readable("clock", () -> AlpacaClock.read(Fields.of("clock", answer)));
  }

  private List<AlpacaOrder> orders(String filter, String start) {
    var query = "/v2/orders?" + filter + "&direction=asc&limit=" + ORDERS_PER_PAGE;
    var orders = new LinkedHashMap<String, AlpacaOrder>();
    var cursor = start;
    for (var page = 0; page < MAX_PAGES; page++) {
      var answer = read(Api.TRADING, query + cursor);
      var read = readable("orders", () -> Fields.list("orders", answer, AlpacaOrder::read));
      var known = orders.size();
      read.forEach(order -> orders.putIfAbsent(order.id(), order));
      // The limit may have been counted before legs were put into their parents.
      var counted = read.stream().mapToInt(order -> 1 + order.legs().size()).sum();
      if (counted < ORDERS_PER_PAGE) {
        return List.copyOf(orders.values());
      }
      requireProgress("orders", orders.size() - known);
      cursor = "&after_order_id=" + RestTransport.encoded(read.getLast().id());
    }
    throw tooMany("orders");
  }

  /// All pages of account activities, oldest first.
  private <T> List<T> pages(
      String what,
      String filter,
      Function<Fields, T> reader,
      Function<T, String> id,
      @Nullable String pageToken,
      @Nullable Instant after) {
    var query =
        "/v2/account/activities%sdirection=asc&page_size=%d".formatted(filter, ACTIVITIES_PER_PAGE);
    if (after != null) {
      query += "&after=" + RestTransport.encoded(after.toString());
    }
    var found = new LinkedHashMap<String, T>();
    var token = pageToken;
    for (var page = 0; page < MAX_PAGES; page++) {
      var cursor = token == null ? "" : "&page_token=" + RestTransport.encoded(token);
      var answer = read(Api.TRADING, query + cursor);
      var read = readable(what, () -> Fields.list(what, answer, reader));
      var known = found.size();
      read.forEach(activity -> found.putIfAbsent(id.apply(activity), activity));
      if (read.size() < ACTIVITIES_PER_PAGE) {
        return List.copyOf(found.values());
      }
      requireProgress(what, found.size() - known);
      token = id.apply(read.getLast());
    }
    throw tooMany(what);
  }

  private JsonNode read(Api api, String path) {
    return transport.get(api, priority, path);
  }

  private Optional<JsonNode> find(String path) {
    try {
      return Optional.of(read(Api.TRADING, path));
    } catch (AlpacaException.Rejected rejected) {
      if (RestFailures.isNotFound(rejected)) {
        return Optional.empty();
      }
      throw rejected;
    }
  }

  private static AlpacaOrder order(JsonNode answer) {
    return readable("order", () -> AlpacaOrder.read(Fields.of("order", answer)));
  }

  private static <T> T readable(String what, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (UnreadableException e) {
      throw new AlpacaException.OutcomeUnknown(
          "unreadable answer for %s: %s".formatted(what, e.getMessage()), e);
    }
  }

  private static void requireProgress(String what, int added) {
    if (added == 0) {
      throw new AlpacaException.OutcomeUnknown("the same page of %s again".formatted(what), null);
    }
  }

  private static AlpacaException tooMany(String what) {
    return new AlpacaException.OutcomeUnknown(
        "more than %d pages of %s".formatted(MAX_PAGES, what), null);
  }
}
