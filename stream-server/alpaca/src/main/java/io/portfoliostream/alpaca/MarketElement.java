package io.portfoliostream.alpaca;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields of one element of a market data frame, gathered from a token stream; the same letter
/// may stand for different things, so a value of an unexpected kind is skipped. Reused, not safe
/// for several threads.
final class MarketElement {
  private @Nullable String type;
  private @Nullable String symbol;
  private @Nullable String time;
  private @Nullable String message;
  private @Nullable String statusCode;
  private @Nullable String statusMessage;
  private @Nullable String reasonCode;
  private @Nullable String reasonMessage;
  private @Nullable BigDecimal price;
  private @Nullable BigDecimal size;
  private @Nullable BigDecimal bidPrice;
  private @Nullable BigDecimal bidSize;
  private @Nullable BigDecimal askPrice;
  private @Nullable BigDecimal askSize;
  private int code;
  private final Map<String, Set<String>> subscribed = new HashMap<>();

  /// Reads the object whose start token is the parser's current one.
  void read(JsonParser parser) throws IOException {
    clear();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      readField(name, parser);
    }
  }

  String type() {
    return type == null ? "" : type;
  }

  String message() {
    return message == null ? "" : message;
  }

  int code() {
    return code;
  }

  Map<String, Set<String>> subscribed() {
    return Map.copyOf(subscribed);
  }

  MarketTrade trade() {
    return new MarketTrade(
        required("S", symbol), required("p", price), required("s", size), instant());
  }

  MarketQuote quote() {
    return new MarketQuote(
        required("S", symbol),
        required("bp", bidPrice),
        required("bs", bidSize),
        required("ap", askPrice),
        required("as", askSize),
        instant());
  }

  MarketStatus status() {
    return new MarketStatus(
        required("S", symbol),
        required("sc", statusCode),
        orEmpty(statusMessage),
        orEmpty(reasonCode),
        orEmpty(reasonMessage),
        instant());
  }

  private void readField(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "T" -> type = text(parser);
      case "S" -> symbol = text(parser);
      case "t" -> time = text(parser);
      case "p" -> price = decimal(parser);
      case "s" -> size = decimal(parser);
      case "bp" -> bidPrice = decimal(parser);
      case "bs" -> bidSize = decimal(parser);
      case "ap" -> askPrice = decimal(parser);
      case "as" -> askSize = decimal(parser);
      case "sc" -> statusCode = text(parser);
      case "sm" -> statusMessage = text(parser);
      case "rc" -> reasonCode = text(parser);
      case "rm" -> reasonMessage = text(parser);
      case "msg" -> message = text(parser);
      case "code" -> code = integer(parser);
      case "trades", "quotes", "statuses" -> subscribed.put(name, texts(parser));
      default -> parser.skipChildren();
    }
  }

  private void clear() {
    type = null;
    symbol = null;
    time = null;
    message = null;
    statusCode = null;
    statusMessage = null;
    reasonCode = null;
    reasonMessage = null;
    price = null;
    size = null;
    bidPrice = null;
    bidSize = null;
    askPrice = null;
    askSize = null;
    code = 0;
    subscribed.clear();
  }

  private Instant instant() {
    try {
      return OffsetDateTime.parse(required("t", time)).toInstant();
    } catch (DateTimeException e) {
      throw new UnreadableException("%s.t is not a time".formatted(type()), e);
    }
  }

  private <T> T required(String name, @Nullable T value) {
    if (value == null) {
      throw new UnreadableException("%s.%s is missing".formatted(type(), name));
    }
    return value;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static @Nullable String text(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    parser.skipChildren();
    return null;
  }

  private static @Nullable BigDecimal decimal(JsonParser parser) throws IOException {
    try {
      return switch (parser.currentToken()) {
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Decimals.bounded(parser.getDecimalValue());
        case VALUE_STRING -> Decimals.parse(parser.getText());
        default -> {
          parser.skipChildren();
          yield null;
        }
      };
    } catch (UnreadableException _) {
      return null;
    }
  }

  private static int integer(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return parser.getValueAsInt(0);
    }
    parser.skipChildren();
    return 0;
  }

  private static Set<String> texts(JsonParser parser) throws IOException {
    var texts = new HashSet<String>();
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return texts;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        texts.add(parser.getText());
      } else {
        parser.skipChildren();
      }
    }
    return texts;
  }
}
