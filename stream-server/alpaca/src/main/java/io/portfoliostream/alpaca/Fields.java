package io.portfoliostream.alpaca;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the fields of one JSON object, and names the field when something is wrong with it.
///
/// Unknown fields are never looked at; a null counts as absent; decimals may be strings or numbers.
///
/// @param path where the object stands, for messages
record Fields(String path, JsonNode node) {

  /// Wraps an object.
  ///
  /// @throws UnreadableException when the value is none
  static Fields of(String path, JsonNode node) {
    if (!node.isObject()) {
      throw new UnreadableException(path + " is not an object");
    }
    return new Fields(path, node);
  }

  /// Reads every element of an array of objects.
  static <T> List<T> list(String path, JsonNode node, Function<Fields, T> reader) {
    if (!node.isArray()) {
      throw new UnreadableException(path + " is not an array");
    }
    var values = new ArrayList<T>(node.size());
    for (var i = 0; i < node.size(); i++) {
      values.add(reader.apply(of("%s[%d]".formatted(path, i), node.get(i))));
    }
    return List.copyOf(values);
  }

  /// A text that must be there, though it may be empty.
  String text(String name) {
    return require(name, textOrNull(name));
  }

  /// A text that must be there and not be empty.
  String identifier(String name) {
    var text = text(name);
    if (text.isEmpty()) {
      throw wrong(name, "is empty");
    }
    return text;
  }

  /// A text, or a default.
  String text(String name, String otherwise) {
    var text = textOrNull(name);
    return text == null ? otherwise : text;
  }

  @Nullable String textOrNull(String name) {
    var value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isTextual()) {
      throw wrong(name, "is not a text");
    }
    return value.textValue();
  }

  BigDecimal decimal(String name) {
    return require(name, decimalOrNull(name));
  }

  @Nullable BigDecimal decimalOrNull(String name) {
    var value = value(name);
    if (value == null) {
      return null;
    }
    try {
      return Decimals.read(value);
    } catch (UnreadableException e) {
      throw new UnreadableException("%s.%s is %s".formatted(path, name, e.getMessage()), e);
    }
  }

  Instant instant(String name) {
    return require(name, instantOrNull(name));
  }

  /// A point in time with any offset and up to nine digits of a second.
  @Nullable Instant instantOrNull(String name) {
    var text = textOrNull(name);
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new UnreadableException("%s.%s is not a time".formatted(path, name), e);
    }
  }

  @Nullable LocalDate dateOrNull(String name) {
    var text = textOrNull(name);
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new UnreadableException("%s.%s is not a date".formatted(path, name), e);
    }
  }

  boolean flag(String name) {
    var value = value(name);
    if (value == null) {
      return false;
    }
    if (!value.isBoolean()) {
      throw wrong(name, "is not a boolean");
    }
    return value.booleanValue();
  }

  /// The texts of an array; none when it is absent.
  List<String> texts(String name) {
    var value = value(name);
    if (value == null) {
      return List.of();
    }
    var texts = new ArrayList<String>();
    for (var element : value) {
      if (!element.isTextual()) {
        throw wrong(name, "holds something that is not a text");
      }
      texts.add(element.textValue());
    }
    return List.copyOf(texts);
  }

  /// A nested object that must be there.
  Fields object(String name) {
    return objectIfPresent(name).orElseThrow(() -> wrong(name, "is missing"));
  }

  /// A nested object, if there is one.
  Optional<Fields> objectIfPresent(String name) {
    var value = value(name);
    return value == null ? Optional.empty() : Optional.of(of(path + "." + name, value));
  }

  /// An array of values; empty when it is absent.
  Column column(String name) {
    var value = value(name);
    if (value != null && !value.isArray()) {
      throw wrong(name, "is not an array");
    }
    return new Column(path + "." + name, value == null ? Json.NO_VALUES : value);
  }

  /// Nested objects; none when the array is absent.
  <T> List<T> objects(String name, Function<Fields, T> reader) {
    var value = value(name);
    return value == null ? List.of() : list(path + "." + name, value, reader);
  }

  private @Nullable JsonNode value(String name) {
    var value = node.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private <T> T require(String name, @Nullable T value) {
    if (value == null) {
      throw wrong(name, "is missing");
    }
    return value;
  }

  private UnreadableException wrong(String name, String problem) {
    return new UnreadableException("%s.%s %s".formatted(path, name, problem));
  }
}
