package io.portfoliostream.simulator.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portfoliostream.simulator.broker.AccountBook;
import io.portfoliostream.simulator.broker.Exchange;

/// All that the broker knows of an account at one moment, to compare with what a client believes.
public final class TruthJson {

  private TruthJson() {}

  /// The account with its remembered orders and executions, oldest first, and its positions.
  public static ObjectNode of(AccountBook book, Exchange exchange) {
    var listings = exchange.listings();
    var json = Json.object().put("time", exchange.now().toString());
    json.put("name", book.profile().name()).put("cash", Json.decimal(book.balance().cash()));
    json.set(
        "account",
        AccountJson.of(book, exchange.sheet(book), exchange.mayShort(book), exchange.closedOn()));
    var orders = json.putArray("orders");
    book.orders().values().forEach(order -> orders.add(OrderJson.rest(order, listings)));
    var executions = json.putArray("executions");
    for (var execution : book.executions().values()) {
      executions.add(
          ActivityJson.fill(execution)
              .put("execution_id", execution.id().toString())
              .put("position_qty", Json.decimal(execution.positionQty())));
    }
    var positions = json.putArray("positions");
    for (var position : book.positions()) {
      var listing = listings.find(position.symbol()).orElseThrow();
      positions.add(
          PositionJson.of(position, book, listing, exchange.prices().mark(position.symbol())));
    }
    return json;
  }
}
