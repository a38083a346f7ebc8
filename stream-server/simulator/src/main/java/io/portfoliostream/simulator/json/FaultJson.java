package io.portfoliostream.simulator.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portfoliostream.simulator.faults.Fault;
import io.portfoliostream.simulator.faults.FaultBoard;
import io.portfoliostream.simulator.faults.FaultKind;
import io.portfoliostream.simulator.faults.Handshakes;
import io.portfoliostream.simulator.faults.Posted;
import io.portfoliostream.simulator.faults.Setting;
import io.portfoliostream.simulator.faults.Target;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Faults as a script, a request and an answer write them.
///
/// ```json
/// {"account":"demo","fault":"swallow","times":3}
/// {"feed":"iex","fault":"mute","forMs":5000}
/// {"atMs":2000,"account":"*","fault":"handshake-status","status":503}
/// ```
public final class FaultJson {
  private static final Set<String> FEEDS = Set.of("*", "iex", "sip", "test", "crypto");
  private static final Set<String> HEAD = Set.of("atMs", "account", "feed", "fault");
  private static final long LATEST = Duration.ofDays(7).toMillis();

  private FaultJson() {}

  /// A fault that is to be posted some time after the start.
  public record Scheduled(Duration after, Fault fault) {}

  /// A fault from its JSON.
  ///
  /// @param accounts the name of an account by its name, number or key
  /// @throws IllegalArgumentException with what is wrong with it
  public static Fault parse(String text, Function<String, Optional<String>> accounts) {
    var json = object(text);
    if (json.has("atMs")) {
      throw new IllegalArgumentException("atMs belongs into a script");
    }
    return fault(json, accounts);
  }

  /// A line of a script.
  ///
  /// @throws IllegalArgumentException with what is wrong with it
  public static Scheduled parseLine(String text, Function<String, Optional<String>> accounts) {
    return new Scheduled(time(text), fault(object(text), accounts));
  }

  /// When a line of a script is due.
  ///
  /// @throws IllegalArgumentException with what is wrong with it
  public static Duration time(String text) {
    var at = object(text).path("atMs");
    if (!at.canConvertToLong() || at.longValue() < 0 || at.longValue() > LATEST) {
      throw new IllegalArgumentException("atMs must be 0 to " + LATEST + ": " + at);
    }
    return Duration.ofMillis(at.longValue());
  }

  /// The faults on a board, and how often each kind happened.
  public static ObjectNode board(FaultBoard board) {
    var json = Json.object();
    var list = json.putArray("faults");
    board.list().forEach(posted -> list.add(of(posted)));
    var totals = json.putObject("totals");
    board.totals().forEach((kind, count) -> totals.put(kind.wire(), count));
    return json;
  }

  /// A fault on the board.
  public static ObjectNode of(Posted posted) {
    var fault = posted.fault();
    var target = fault.target();
    var json = Json.object().put("id", posted.id());
    json.put(target.scope() == Target.Scope.FEED ? "feed" : "account", target.name())
        .put("fault", fault.kind().wire());
    for (var setting : fault.kind().settings()) {
      put(json, setting, fault);
    }
    return json.put("since", posted.since().toString())
        .put("until", Objects.toString(posted.until(), null))
        .put("remaining", posted.remaining())
        .put("happened", posted.happened())
        .put("active", posted.active());
  }

  /// How often clients connected.
  public static ObjectNode of(Handshakes handshakes) {
    var json = Json.object();
    json.set("streams", counts(handshakes.streams()));
    json.set("accounts", counts(handshakes.logins()));
    return json;
  }

  private static ObjectNode counts(Map<String, Handshakes.Count> counts) {
    var json = Json.object();
    counts.forEach((name, count) ->
        json.putObject(name)
            .put("total", count.total())
            .put("refused", count.refused())
            .put("lastMinute", count.lastMinute()));
    return json;
  }

  private static ObjectNode object(String text) {
    return Json.parseObject(text)
        .orElseThrow(() -> new IllegalArgumentException("a fault must be a JSON object"));
  }

  private static Fault fault(ObjectNode json, Function<String, Optional<String>> accounts) {
    var name = json.path("fault").asText();
    var kind =
        FaultKind.parse(name)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "fault must be one of %s: %s".formatted(kinds(), name)));
    var fault = Fault.of(kind).at(target(json, accounts));
    for (var field : json.properties()) {
      if (!HEAD.contains(field.getKey())) {
        fault = with(fault, setting(kind, field.getKey()), field.getValue());
      }
    }
    boolean forATime = json.has(Setting.FOR_MS.wire()) && !json.has(Setting.TIMES.wire());
    return forATime ? fault.times(0) : fault;
  }

  private static Target target(ObjectNode json, Function<String, Optional<String>> accounts) {
    var account = json.path("account").textValue();
    var feed = json.path("feed").textValue();
    if ((account == null) == (feed == null)) {
      throw new IllegalArgumentException("either account or feed must say where, * for all");
    }
    if (feed != null) {
      if (!FEEDS.contains(feed)) {
        throw new IllegalArgumentException("feed must be iex, sip, crypto, test or *: " + feed);
      }
      return Target.feed(feed);
    }
    return account.equals("*")
        ? Target.account(account)
        : Target.account(
            accounts
                .apply(account)
                .orElseThrow(() -> new IllegalArgumentException("no such account: " + account)));
  }

  private static Setting setting(FaultKind kind, String name) {
    return Setting.parse(name)
        .filter(kind::has)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "%s has no setting %s, only %s".formatted(kind.wire(), name, settings(kind))));
  }

  private static Fault with(Fault fault, Setting setting, JsonNode value) {
    return switch (setting) {
      case TIMES -> fault.times(integer(setting, value));
      case FOR_MS -> fault.lasting(Duration.ofMillis(integer(setting, value)));
      case SHARE -> fault.share(share(value));
      case DELAY_MS -> fault.delay(Duration.ofMillis(integer(setting, value)));
      case STATUS -> fault.status(integer(setting, value));
      case BYTES -> fault.bytes(integer(setting, value));
      case OFFSET_MS -> fault.offset(Duration.ofMillis(integer(setting, value)));
      case HEADERS -> fault.headers(flag(setting, value));
      case CLOSE -> fault.close(flag(setting, value));
      case ON_EVENT -> fault.onEvent(flag(setting, value));
      case OPEN_ONLY -> fault.openOnly(flag(setting, value));
    };
  }

  private static void put(ObjectNode json, Setting setting, Fault fault) {
    switch (setting) {
      case TIMES -> json.put(setting.wire(), fault.times());
      case FOR_MS -> {
        var lasting = fault.lasting();
        json.put(setting.wire(), lasting == null ? null : (Long) lasting.toMillis());
      }
      case SHARE -> json.put(setting.wire(), fault.share());
      case DELAY_MS -> json.put(setting.wire(), fault.delay().toMillis());
      case STATUS -> json.put(setting.wire(), fault.status());
      case BYTES -> json.put(setting.wire(), fault.bytes());
      case OFFSET_MS -> json.put(setting.wire(), fault.offset().toMillis());
      case HEADERS -> json.put(setting.wire(), fault.headers());
      case CLOSE -> json.put(setting.wire(), fault.close());
      case ON_EVENT -> json.put(setting.wire(), fault.onEvent());
      case OPEN_ONLY -> json.put(setting.wire(), fault.openOnly());
    }
  }

  private static int integer(Setting setting, JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new IllegalArgumentException(setting.wire() + " must be a whole number: " + value);
    }
    return value.intValue();
  }

  private static double share(JsonNode value) {
    if (!value.isNumber()) {
      throw new IllegalArgumentException("share must be a number: " + value);
    }
    return value.doubleValue();
  }

  private static boolean flag(Setting setting, JsonNode value) {
    if (!value.isBoolean()) {
      throw new IllegalArgumentException(setting.wire() + " must be true or false: " + value);
    }
    return value.booleanValue();
  }

  private static String kinds() {
    return Arrays.stream(FaultKind.values()).map(FaultKind::wire).collect(Collectors.joining(", "));
  }

  private static String settings(FaultKind kind) {
    return kind.settings().stream().map(Setting::wire).collect(Collectors.joining(", "));
  }
}
