package io.portfoliostream.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portfoliostream.protocol.ClientMessage.Ping;
import io.portfoliostream.protocol.ClientMessage.Report;
import io.portfoliostream.protocol.ClientMessage.Resume;
import io.portfoliostream.protocol.ClientMessage.Subscribe;
import io.portfoliostream.protocol.ClientMessage.Unsubscribe;
import io.portfoliostream.protocol.Malformed.Code;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Client messages to and from JSON text.
public final class ClientMessageCodec {
  /// The most symbols that one message may name.
  public static final int MAX_SYMBOLS = 500;

  private static final Pattern SYMBOL = Pattern.compile("[A-Z][A-Z0-9./]{0,15}");
  private static final int MAX_ID = 64;
  private static final int MAX_REASON = 64;

  private ClientMessageCodec() {}

  /// Whether `symbol` is written like one.
  public static boolean isSymbol(String symbol) {
    return SYMBOL.matcher(symbol).matches();
  }

  /// The text of a frame.
  public static String encode(ClientMessage message) {
    var out = JsonNodeFactory.instance.objectNode();
    switch (message) {
      case Subscribe(var channels, var symbols, var windowMs, var resume) -> {
        out.put("type", "subscribe");
        putChannels(out, channels);
        putSymbols(out, symbols);
        if (windowMs != null) {
          out.put("windowMs", windowMs);
        }
        if (resume != null) {
          putPosition(out.putObject("resume"), resume);
        }
      }
      case Unsubscribe(var channels, var symbols) -> {
        out.put("type", "unsubscribe");
        putChannels(out, channels);
        putSymbols(out, symbols);
      }
      case Ping(var id) -> {
        out.put("type", "ping");
        if (id != null) {
          out.put("id", id);
        }
      }
      case Resume(var position) -> putPosition(out.put("type", "resume"), position);
      case Report report -> putReport(out.put("type", "report"), report);
    }
    return new String(Json.write(out), StandardCharsets.UTF_8);
  }

  /// Reads a frame. Never throws: what is wrong with it is a value.
  public static Inbound decode(String text) {
    try {
      var node = Json.tree(text);
      if (!node.isObject()) {
        return new Malformed(Code.BAD_JSON, "a JSON object is expected");
      }
      return switch (node.path("type").asText("")) {
        case "subscribe" -> subscribe(node);
        case "unsubscribe" -> new Unsubscribe(channels(node), symbols(node));
        case "ping" -> new Ping(optionalText(node, "id", MAX_ID));
        case "resume" -> new Resume(position(node));
        case "report" -> report(node);
        default ->
            new Malformed(
                Code.UNKNOWN_TYPE, "type must be subscribe, unsubscribe, ping, resume or report");
      };
    } catch (Refused refused) {
      return refused.malformed;
    } catch (MalformedJson e) {
      return new Malformed(Code.BAD_JSON, String.valueOf(e.getMessage()));
    }
  }

  private static Subscribe subscribe(JsonNode node) {
    Integer windowMs = null;
    if (present(node, "windowMs")) {
      var window = node.get("windowMs");
      if (!window.isIntegralNumber() || !window.canConvertToInt() || window.intValue() <= 0) {
        throw new Refused(Code.BAD_WINDOW, "windowMs must be a positive whole number");
      }
      windowMs = window.intValue();
    }
    var resume = present(node, "resume") ? position(node.get("resume")) : null;
    return new Subscribe(channels(node), symbols(node), windowMs, resume);
  }

  private static Report report(JsonNode node) {
    var rendered =
        present(node, "rendered")
            ? Json.convert(node.get("rendered"), Report.Rendered.class)
            : null;
    var drift = present(node, "drift") ? Long.valueOf(whole(node, "drift")) : null;
    return new Report(rendered, drift, optionalText(node, "fallback", MAX_REASON));
  }

  private static StreamPosition position(JsonNode node) {
    var epoch = optionalText(node, "epoch", MAX_ID);
    if (epoch == null || epoch.isEmpty()) {
      throw new Refused(Code.BAD_JSON, "epoch must be a string");
    }
    return new StreamPosition(epoch, whole(node, "seq"));
  }

  private static long whole(JsonNode node, String name) {
    var value = node.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw new Refused(Code.BAD_JSON, name + " must be a whole number from 0");
    }
    return value.longValue();
  }

  private static @Nullable Set<Channel> channels(JsonNode node) {
    var names = strings(node, "channels", Code.BAD_CHANNEL, Channel.values().length * 4);
    if (names == null) {
      return null;
    }
    var channels = EnumSet.noneOf(Channel.class);
    for (var name : names) {
      channels.add(channel(name));
    }
    return channels;
  }

  private static Channel channel(String name) {
    for (var channel : Channel.values()) {
      if (wireName(channel).equals(name)) {
        return channel;
      }
    }
    throw new Refused(Code.BAD_CHANNEL, "channels are positions, orders, account and trades");
  }

  private static String wireName(Channel channel) {
    return channel.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable Set<String> symbols(JsonNode node) {
    if (present(node, "symbols") && node.get("symbols").size() > MAX_SYMBOLS) {
      throw new Refused(Code.TOO_MANY_SYMBOLS, "at most " + MAX_SYMBOLS + " symbols");
    }
    var symbols = strings(node, "symbols", Code.BAD_SYMBOL, MAX_SYMBOLS);
    if (symbols != null && !symbols.stream().allMatch(ClientMessageCodec::isSymbol)) {
      throw new Refused(Code.BAD_SYMBOL, "a symbol is 1 to 16 upper-case letters, digits, . or /");
    }
    return symbols;
  }

  private static @Nullable Set<String> strings(JsonNode node, String name, Code code, int limit) {
    if (!present(node, name)) {
      return null;
    }
    var array = node.get(name);
    if (!array.isArray() || array.size() > limit) {
      throw new Refused(code, name + " must be an array of at most " + limit + " strings");
    }
    var values = new LinkedHashSet<String>();
    for (var item : array) {
      if (!item.isTextual()) {
        throw new Refused(code, name + " must be an array of strings");
      }
      values.add(item.textValue());
    }
    return values;
  }

  private static @Nullable String optionalText(JsonNode node, String name, int limit) {
    if (!present(node, name)) {
      return null;
    }
    var value = node.get(name);
    if (!value.isTextual() || value.textValue().length() > limit) {
      throw new Refused(Code.BAD_JSON, name + " must be a string of at most " + limit);
    }
    return value.textValue();
  }

  private static boolean present(JsonNode node, String name) {
    return node.hasNonNull(name);
  }

  private static void putChannels(ObjectNode out, @Nullable Collection<Channel> channels) {
    if (channels != null) {
      var array = out.putArray("channels");
      channels.forEach(channel -> array.add(wireName(channel)));
    }
  }

  private static void putSymbols(ObjectNode out, @Nullable Collection<String> symbols) {
    if (symbols != null) {
      var array = out.putArray("symbols");
      symbols.forEach(array::add);
    }
  }

  private static void putPosition(ObjectNode out, StreamPosition position) {
    out.put("epoch", position.epoch()).put("seq", position.seq());
  }

  private static void putReport(ObjectNode out, Report report) {
    if (report.rendered() != null) {
      out.putPOJO("rendered", report.rendered());
    }
    if (report.drift() != null) {
      out.put("drift", report.drift());
    }
    if (report.fallback() != null) {
      out.put("fallback", report.fallback());
    }
  }

  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Malformed malformed;

    Refused(Code code, String message) {
      super(message, null, false, false);
      this.malformed = new Malformed(code, message);
    }
  }
}
