package io.portfoliostream.simulator.rest;

import io.portfoliostream.simulator.broker.OrderClass;
import io.portfoliostream.simulator.broker.OrderType;
import io.portfoliostream.simulator.broker.Refusal;
import io.portfoliostream.simulator.broker.Side;
import io.portfoliostream.simulator.broker.TimeInForce;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// The words of the order form that stand for one of a few things.
final class Choice {

  private Choice() {}

  static Side side(Fields fields) {
    return required("invalid side", fields.text("side"), Side.values(), Side::wire);
  }

  static OrderType type(Fields fields) {
    return required("invalid order type", fields.text("type"), OrderType.values(), OrderType::wire);
  }

  static TimeInForce timeInForce(Fields fields) {
    return required(
        "invalid time_in_force",
        fields.text("time_in_force"),
        TimeInForce.values(),
        TimeInForce::wire);
  }

  /// The class of an order; the empty word and `simple` mean the same.
  static OrderClass orderClass(Fields fields) {
    var word = fields.text("order_class").orElse("simple").toLowerCase(Locale.ROOT);
    if (word.equals("simple")) {
      return OrderClass.SIMPLE;
    }
    return Arrays.stream(OrderClass.values())
        .filter(value -> value.wire().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new RefusedException(
                Refusal.unprocessable("order class " + word + " is not supported")));
  }

  private static <T> T required(
      String message, Optional<String> given, T[] values, Function<T, String> wire) {
    var word = given.map(value -> value.toLowerCase(Locale.ROOT));
    return Arrays.stream(values)
        .filter(value -> word.equals(Optional.of(wire.apply(value))))
        .findFirst()
        .orElseThrow(() -> new RefusedException(Refusal.invalid(message)));
  }
}
