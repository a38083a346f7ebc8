package io.portfoliostream.simulator.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portfoliostream.simulator.broker.Order;
import io.portfoliostream.simulator.market.Listings;
import java.util.List;

/// The order object, as the REST interface and, a little different, the trading stream write it.
public final class OrderJson {
  private static final String SOURCE = "access_key";

  private OrderJson() {}

  /// The order as REST answers it, with its legs within.
  public static ObjectNode nested(Order order, List<Order> legs, Listings listings) {
    var json = rest(order, listings);
    if (!legs.isEmpty()) {
      var array = json.putArray("legs");
      legs.forEach(leg -> array.add(rest(leg, listings)));
    }
    return json;
  }

  /// The order as REST answers it; its legs are listed on their own.
  public static ObjectNode rest(Order order, Listings listings) {
    var json = head(order);
    json.put("canceled_at", Json.text(order.times().canceledAt()));
    middle(json, order, listings);
    json.putNull("subtag");
    json.put("source", SOURCE);
    json.put("expires_at", order.expiresAt().toString());
    return json;
  }

  /// The order as it is within a trade update.
  public static ObjectNode stream(Order order, Listings listings) {
    var json = head(order);
    json.put("cancel_requested_at", Json.text(order.times().cancelRequestedAt()));
    json.put("canceled_at", Json.text(order.times().canceledAt()));
    middle(json, order, listings);
    json.put("expires_at", order.expiresAt().toString());
    return json;
  }

  private static ObjectNode head(Order order) {
    var times = order.times();
    return Json.object()
        .put("id", order.id().toString())
        .put("client_order_id", order.ticket().clientOrderId())
        .put("created_at", times.createdAt().toString())
        .put("updated_at", times.updatedAt().toString())
        .put("submitted_at", times.createdAt().toString())
        .put("filled_at", Json.text(times.filledAt()))
        .put("expired_at", Json.text(times.expiredAt()));
  }

  private static void middle(ObjectNode json, Order order, Listings listings) {
    var ticket = order.ticket();
    var trail = ticket.trail();
    var listing = listings.find(ticket.symbol());
    json.put("failed_at", Json.text(order.times().failedAt()))
        .put("replaced_at", Json.text(order.times().replacedAt()))
        .put("replaced_by", Json.text(order.links().replacedBy()))
        .put("replaces", Json.text(order.links().replaces()))
        .put("asset_id", listing.map(found -> found.id().toString()).orElse(null))
        .put("symbol", ticket.symbol())
        .put("asset_class", listing.map(found -> found.traits().assetClass().wire()).orElse(null))
        .put("notional", Json.text(ticket.notional()))
        .put("qty", Json.text(ticket.qty()))
        .put("filled_qty", Json.decimal(order.filledQty()))
        .put("filled_avg_price", order.filledAveragePrice().map(Json::decimal).orElse(null))
        .put("order_class", ticket.orderClass().wire())
        .put("order_type", ticket.type().wire())
        .put("type", ticket.type().wire())
        .put("side", ticket.side().wire())
        .put("position_intent", order.intent().wire())
        .put("time_in_force", ticket.timeInForce().wire())
        .put("limit_price", Json.text(ticket.limitPrice()))
        .put("stop_price", Json.text(order.trigger().stop()))
        .put("status", order.status().wire())
        .put("extended_hours", ticket.extendedHours())
        .putNull("legs")
        .put("trail_percent", trail == null ? null : Json.text(trail.percent()))
        .put("trail_price", trail == null ? null : Json.text(trail.price()))
        .put("hwm", Json.text(order.trigger().best()));
  }
}
