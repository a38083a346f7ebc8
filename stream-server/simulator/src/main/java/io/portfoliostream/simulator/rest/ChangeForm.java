package io.portfoliostream.simulator.rest;

import io.portfoliostream.simulator.broker.Change;

/// The body of `PATCH /v2/orders/{id}`, checked as far as that needs no order.
final class ChangeForm {

  private ChangeForm() {}

  /// The change that a body asks for.
  static Change parse(String body) {
    var fields = Fields.parse(body);
    return new Change(
        Amounts.amount(fields, "qty"),
        fields.says("time_in_force") ? Choice.timeInForce(fields) : null,
        Amounts.price(fields, "limit_price"),
        Amounts.price(fields, "stop_price"),
        Amounts.price(fields, "trail"),
        fields.text("client_order_id").orElse(null));
  }
}
