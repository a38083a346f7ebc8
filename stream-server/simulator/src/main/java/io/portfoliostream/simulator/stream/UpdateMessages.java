package io.portfoliostream.simulator.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portfoliostream.simulator.broker.TradeUpdate;
import io.portfoliostream.simulator.faults.FaultBoard;
import io.portfoliostream.simulator.faults.FaultKind;
import io.portfoliostream.simulator.faults.Target;
import io.portfoliostream.simulator.json.Json;
import io.portfoliostream.simulator.json.Skew;
import io.portfoliostream.simulator.json.TradeUpdateJson;
import io.portfoliostream.simulator.market.Listings;
import java.util.List;

/// The messages that an update becomes: one as it should be, unless a fault has it otherwise.
record UpdateMessages(FaultBoard faults, Listings listings) {
  private static final int ULID_TIME = 10;

  /// The one message of an update without faults.
  byte[] usual(TradeUpdate update) {
    return Json.bytes(TradeUpdateJson.message(update, listings));
  }

  /// The messages of an update with the faults of its account.
  List<byte[]> of(TradeUpdate update, Target where) {
    var message = TradeUpdateJson.message(update, listings);
    var content = (ObjectNode) message.path("data");
    faults
        .strike(FaultKind.CLOCK_SKEW, where)
        .ifPresent(fault -> Skew.shift(message, fault.offset()));
    faults
        .strike(FaultKind.UNKNOWN_FIELD, where)
        .ifPresent(_ -> {
          content.putObject("x_unknown").putArray("list").add(1).addNull();
          ((ObjectNode) content.path("order")).put("x_unknown", "y");
        });
    faults
        .strike(FaultKind.HUGE_EVENT, where)
        .ifPresent(fault -> content.put("x_padding", "x".repeat(fault.bytes())));
    var unknown = faults.strike(FaultKind.UNKNOWN_EVENT, where).map(_ -> unknown(message));
    faults.strike(FaultKind.MISSING_EVENT_ID, where).ifPresent(_ -> content.remove("event_id"));
    byte[] encoded = Json.bytes(message);
    return unknown.isPresent() ? List.of(encoded, unknown.get()) : List.of(encoded);
  }

  /// The same order in an event of which nobody has heard, with an id of its own.
  private static byte[] unknown(ObjectNode message) {
    var copy = message.deepCopy();
    var content = (ObjectNode) copy.path("data");
    var id = content.path("event_id").asText();
    var rest = new StringBuilder(id.substring(ULID_TIME)).reverse();
    content.put("event", "x_unknown").put("event_id", id.substring(0, ULID_TIME) + rest);
    return Json.bytes(copy);
  }
}
