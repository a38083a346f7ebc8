package io.portfoliostream.simulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portfoliostream.simulator.broker.Refusal;
import io.portfoliostream.simulator.json.Json;
import java.math.BigDecimal;
import java.util.Optional;

/// The fields of a request body, read within bounds; decimals may be strings or numbers, and empty
/// values count as absent.
record Fields(ObjectNode body) {
  private static final int LONGEST_TEXT = 128;
  private static final int LONGEST_DECIMAL = 40;
  private static final int MOST_DIGITS = 24;

  /// The fields of a body.
  static Fields parse(String body) {
    return new Fields(
        Json.parseObject(body)
            .orElseThrow(
                () -> new RefusedException(Refusal.malformed("request body format is invalid"))));
  }

  /// The fields of an object within; empty when it is absent or says nothing.
  Optional<Fields> object(String name) {
    if (!says(name)) {
      return Optional.empty();
    }
    if (body.get(name) instanceof ObjectNode object) {
      return Optional.of(new Fields(object));
    }
    throw new RefusedException(Refusal.invalid(name + " must be an object"));
  }

  Optional<String> text(String name) {
    var node = node(name);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (!node.get().isTextual()) {
      throw new RefusedException(Refusal.invalid(name + " must be a string"));
    }
    var text = node.get().textValue();
    if (text.length() > LONGEST_TEXT) {
      throw new RefusedException(
          Refusal.invalid(name + " must be no more than " + LONGEST_TEXT + " characters"));
    }
    return Optional.of(text).filter(value -> !value.isBlank());
  }

  Optional<BigDecimal> decimal(String name) {
    return node(name)
        .filter(node -> !(node.isTextual() && node.textValue().isBlank()))
        .map(node -> decimal(name, node));
  }

  boolean flag(String name) {
    var node = node(name);
    if (node.isPresent() && !node.get().isBoolean()) {
      throw new RefusedException(Refusal.invalid(name + " must be true or false"));
    }
    return node.map(JsonNode::booleanValue).orElse(false);
  }

  /// Whether a field says something: not null, not empty.
  boolean says(String name) {
    return node(name)
        .filter(node -> !(node.isContainerNode() && node.isEmpty()))
        .filter(node -> !(node.isTextual() && node.textValue().isBlank()))
        .isPresent();
  }

  static BigDecimal decimal(String name, String text) {
    if (text.length() > LONGEST_DECIMAL) {
      throw notDecimal(name);
    }
    try {
      return bounded(name, new BigDecimal(text.strip()));
    } catch (NumberFormatException _) {
      throw notDecimal(name);
    }
  }

  private static BigDecimal decimal(String name, JsonNode node) {
    if (node.isNumber()) {
      return bounded(name, node.decimalValue());
    }
    if (node.isTextual()) {
      return decimal(name, node.textValue());
    }
    throw notDecimal(name);
  }

  /// Keeps out what would be a tiny text and an enormous number, such as 1e999999999.
  private static BigDecimal bounded(String name, BigDecimal value) {
    boolean sane =
        Math.abs((long) value.scale()) <= MOST_DIGITS && value.precision() <= MOST_DIGITS;
    if (!sane) {
      throw notDecimal(name);
    }
    return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
  }

  private Optional<JsonNode> node(String name) {
    return Optional.ofNullable(body.get(name)).filter(node -> !node.isNull());
  }

  private static RefusedException notDecimal(String name) {
    return new RefusedException(Refusal.invalid(name + " is not a valid decimal number"));
  }
}
