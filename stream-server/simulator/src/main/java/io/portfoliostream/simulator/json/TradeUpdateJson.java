package io.portfoliostream.simulator.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portfoliostream.simulator.broker.Execution;
import io.portfoliostream.simulator.broker.TradeUpdate;
import io.portfoliostream.simulator.market.Listings;

/// The `trade_updates` message of the trading stream.
public final class TradeUpdateJson {

  private TradeUpdateJson() {}

  /// The whole message with its envelope.
  public static ObjectNode message(TradeUpdate update, Listings listings) {
    var data =
        Json.object()
            .put("at", update.at().toString())
            .put("event_id", update.eventId())
            .put("event", update.event())
            .put("timestamp", update.timestamp().toString());
    data.set("order", OrderJson.stream(update.order(), listings));
    var execution = update.execution();
    if (execution != null) {
      quantities(data, execution);
    }
    if (update.executionId() != null) {
      data.put("execution_id", update.executionId().toString());
    }
    if (execution != null && execution.kind() == Execution.Kind.TRADE) {
      data.put("settle_date", execution.settlesOn().toString());
    }
    if (update.reason() != null) {
      data.put("reason", update.reason());
    }
    var message = Json.object().put("stream", "trade_updates");
    message.set("data", data);
    return message;
  }

  /// What traded, or what became of it: a bust takes a quantity back, a correction tells the right
  /// one.
  private static void quantities(ObjectNode data, Execution execution) {
    switch (execution.kind()) {
      case TRADE -> {
        data.put("price", Json.decimal(execution.price()))
            .put("qty", Json.decimal(execution.qty()))
            .put("position_qty", Json.decimal(execution.positionQty()));
        if (execution.symbol().contains("/")) {
          data.put("swap_rate", "1");
        }
      }
      case BUST -> data.put("qty", Json.decimal(execution.qty().negate()));
      case CORRECT ->
          data.put("price", Json.decimal(execution.price()))
              .put("qty", Json.decimal(execution.qty()));
    }
    if (execution.previousId() != null) {
      data.put("previous_execution_id", execution.previousId().toString());
    }
  }
}
