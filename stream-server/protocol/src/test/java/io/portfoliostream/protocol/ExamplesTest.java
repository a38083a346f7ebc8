package io.portfoliostream.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portfoliostream.protocol.ClientMessage.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The published examples are what the codecs write and read, to the letter and in order.
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("..", "..", "docs", "api", "examples");
  private static final ObjectMapper PLAIN = new ObjectMapper();

  private static final Map<String, Class<?>> BODIES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("rest.login", Rest.Login.class),
              Map.entry("rest.me", Rest.Me.class),
              Map.entry("rest.portfolio", Rest.Portfolio.class),
              Map.entry("rest.positions", Rest.Positions.class),
              Map.entry("rest.orders", Rest.Orders.class),
              Map.entry("rest.account", Rest.Account.class),
              Map.entry("rest.trades", Rest.Trades.class),
              Map.entry("rest.history", Rest.History.class),
              Map.entry("rest.order-request", OrderRequest.class),
              Map.entry("rest.order-request-bracket", OrderRequest.class),
              Map.entry("rest.order-change", OrderChange.class),
              Map.entry("rest.order-accepted", Rest.OrderAccepted.class),
              Map.entry("rest.orders-accepted", Rest.OrdersAccepted.class),
              Map.entry("rest.corrections", Rest.Corrections.class),
              Map.entry("rest.drift", Rest.Drift.class),
              Map.entry("rest.link-account", Rest.LinkAccount.class),
              Map.entry("rest.broker-account", Rest.BrokerAccount.class),
              Map.entry("rest.market-clock", Rest.MarketClock.class),
              Map.entry("rest.assets", Rest.Assets.class),
              Map.entry("rest.quotes", Rest.Quotes.class),
              Map.entry("rest.health", Rest.Health.class),
              Map.entry("rest.stream-status", Rest.StreamStatus.class),
              Map.entry("rest.problem", Problem.class)));

  @TestFactory
  Stream<DynamicTest> everyServerMessageIsEncodedLikeItsExample() {
    return names("server.")
        .map(name ->
            DynamicTest.dynamicTest(
                name,
                () -> {
                  var message = ServerMessageCodec.decode(text(name));
                  same(ServerMessageCodec.encode(message), name);
                  assertThat(name).contains(message.data().messageType());
                }));
  }

  @TestFactory
  Stream<DynamicTest> everyClientMessageIsEncodedLikeItsExample() {
    return names("client.")
        .map(name ->
            DynamicTest.dynamicTest(
                name,
                () -> {
                  var message = (ClientMessage) ClientMessageCodec.decode(text(name));
                  same(ClientMessageCodec.encode(message).getBytes(UTF_8), name);
                }));
  }

  @TestFactory
  Stream<DynamicTest> everyBodyIsWrittenLikeItsExample() {
    return BODIES.entrySet().stream()
        .map(body ->
            DynamicTest.dynamicTest(
                body.getKey(),
                () -> {
                  var read = Json.read(text(body.getKey()), body.getValue());
                  same(Json.write(read), body.getKey());
                }));
  }

  @Test
  void everyMessageAndBodyHasAnExample() {
    var types = new TreeSet<String>();
    names("server.")
        .map(name -> ServerMessageCodec.decode(text(name)).data().getClass().getSimpleName())
        .forEach(types::add);
    assertThat(types).hasSize(kinds(Payload.class));
    assertThat(names("client.")).hasSize(kinds(ClientMessage.class));
    assertThat(names("rest.")).containsExactlyElementsOf(BODIES.keySet());
    assertThat(ClientMessageCodec.decode(text("client.report"))).isInstanceOf(Report.class);
  }

  private static int kinds(Class<?> sealed) {
    return Objects.requireNonNull(sealed.getPermittedSubclasses()).length;
  }

  private static Stream<String> names(String prefix) {
    try (var files = Files.list(EXAMPLES)) {
      return files
          .map(file -> file.toFile().getName().replaceFirst("\\.json$", ""))
          .filter(name -> name.startsWith(prefix))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String name) {
    try {
      return Files.readString(EXAMPLES.resolve(name + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Equal but for white space, and the order of what is a set.
  private static void same(byte[] written, String name) throws IOException {
    var expected = PLAIN.readTree(text(name));
    var actual = PLAIN.readTree(written);
    sortSets(expected);
    sortSets(actual);
    assertThat(actual.toPrettyString()).isEqualTo(expected.toPrettyString());
  }

  private static void sortSets(JsonNode node) {
    for (var child : node) {
      sortSets(child);
    }
    if (node instanceof ObjectNode object && object.get("channels") instanceof ArrayNode channels) {
      var names = new TreeSet<String>();
      channels.forEach(channel -> names.add(channel.asText()));
      var sorted = object.putArray("channels");
      names.forEach(sorted::add);
    }
  }
}
