package io.portfoliostream.simulator.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portfoliostream.simulator.broker.AccountProfile;
import io.portfoliostream.simulator.broker.Entry;
import io.portfoliostream.simulator.broker.Execution;
import io.portfoliostream.simulator.broker.OrderStatus;
import io.portfoliostream.simulator.market.TradingCalendar;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/// Account activities: fills, and the deposit with which an account began.
public final class ActivityJson {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS").withZone(TradingCalendar.NEW_YORK);

  private ActivityJson() {}

  /// The id of an activity: New York time and an id, of the execution where it is a fill.
  public static String id(Instant at, UUID id) {
    return STAMP.format(at) + "::" + id;
  }

  /// A fill.
  public static ObjectNode fill(Execution execution) {
    boolean last = execution.orderStatus() == OrderStatus.FILLED;
    return Json.object()
        .put("id", id(execution.at(), execution.id()))
        .put("activity_type", "FILL")
        .put("transaction_time", execution.at().toString())
        .put("type", last ? "fill" : "partial_fill")
        .put("price", Json.decimal(execution.price()))
        .put("qty", Json.decimal(execution.qty()))
        .put("side", execution.side().wire())
        .put("symbol", execution.symbol())
        .put("leaves_qty", Json.decimal(execution.leavesQty()))
        .put("cum_qty", Json.decimal(execution.cumulativeQty()))
        .put("order_id", execution.orderId().toString())
        .put("order_status", execution.orderStatus().wire());
  }

  /// What happened beside trades.
  public static ObjectNode entry(Entry entry) {
    var json =
        Json.object()
            .put("id", id(entry.at(), entry.id()))
            .put("activity_type", entry.type())
            .put("date", TradingCalendar.dateOf(entry.at()).toString())
            .put("created_at", entry.at().toString())
            .put("net_amount", Json.decimal(entry.netAmount()))
            .put("description", entry.description())
            .put("status", "executed")
            .put("currency", "USD");
    if (entry.symbol() != null) {
      json.put("symbol", entry.symbol()).put("qty", Json.text(entry.qty()));
    }
    if (entry.price() != null) {
      json.put("price", Json.decimal(entry.price()));
    }
    return json;
  }

  /// The deposit with which an account began.
  public static ObjectNode deposit(AccountProfile profile, BigDecimal amount) {
    return Json.object()
        .put("id", id(profile.fundedAt(), profile.id()))
        .put("activity_type", "JNLC")
        .put("date", TradingCalendar.dateOf(profile.fundedAt()).toString())
        .put("created_at", profile.fundedAt().toString())
        .put("net_amount", Json.decimal(amount))
        .put("description", "")
        .put("status", "executed")
        .put("currency", "USD");
  }
}
