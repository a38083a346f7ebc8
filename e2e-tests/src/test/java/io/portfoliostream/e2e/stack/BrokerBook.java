package io.portfoliostream.e2e.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// All that the broker knows of one account at one moment.
public final class BrokerBook {
  private final JsonNode json;

  BrokerBook(JsonNode json) {
    this.json = json;
  }

  /// An order, as far as both sides must agree on it.
  public record Stand(String status, BigDecimal filled) {
    /// Quantities are compared by value.
    public Stand {
      filled = plain(filled);
    }
  }

  /// An execution.
  public record Traded(String id, String orderId, BigDecimal quantity) {
    /// Quantities are compared by value.
    public Traded {
      quantity = plain(quantity);
    }
  }

  /// A quantity without its trailing zeros.
  static BigDecimal plain(BigDecimal quantity) {
    return quantity.signum() == 0 ? BigDecimal.ZERO : quantity.stripTrailingZeros();
  }

  /// The orders with a client order id; the broker must never have two.
  public List<Stand> orders(String clientOrderId) {
    return orders().filter(order -> is(order, clientOrderId)).map(BrokerBook::stand).toList();
  }

  /// When the order with a client order id was made.
  public List<String> made(String clientOrderId) {
    return orders()
        .filter(order -> is(order, clientOrderId))
        .map(order -> order.path("created_at").asText())
        .toList();
  }

  /// All orders by the broker's identity.
  public Map<String, Stand> stands() {
    var stands = new TreeMap<String, Stand>();
    orders().forEach(order -> stands.put(order.path("id").asText(), stand(order)));
    return stands;
  }

  /// The client order ids of all orders, twice where there are two.
  public List<String> clientOrderIds() {
    return orders().map(order -> order.path("client_order_id").asText()).toList();
  }

  /// All executions.
  public List<Traded> executions() {
    return json.path("executions")
        .valueStream()
        .map(execution ->
            new Traded(
                execution.path("execution_id").asText(),
                execution.path("order_id").asText(),
                decimal(execution, "qty")))
        .toList();
  }

  /// The executions of the order with a client order id.
  public List<Traded> executions(String clientOrderId) {
    var ids =
        orders()
            .filter(order -> is(order, clientOrderId))
            .map(order -> order.path("id").asText())
            .toList();
    return executions().stream().filter(each -> ids.contains(each.orderId())).toList();
  }

  /// Signed quantities by symbol.
  public Map<String, BigDecimal> positions() {
    var held = new TreeMap<String, BigDecimal>();
    json.path("positions")
        .valueStream()
        .forEach(each -> held.put(each.path("symbol").asText(), plain(decimal(each, "qty"))));
    return held;
  }

  /// The account's cash.
  public BigDecimal cash() {
    return plain(decimal(json, "cash"));
  }

  private Stream<JsonNode> orders() {
    return json.path("orders").valueStream();
  }

  private static boolean is(JsonNode order, String clientOrderId) {
    return order.path("client_order_id").asText().equals(clientOrderId);
  }

  private static Stand stand(JsonNode order) {
    return new Stand(order.path("status").asText(), decimal(order, "filled_qty"));
  }

  private static BigDecimal decimal(JsonNode json, String field) {
    return new BigDecimal(json.path(field).asText());
  }
}
