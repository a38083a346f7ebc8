package io.portfoliostream.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServerMessageCodecTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final PositionUpdate AAPL =
      new PositionUpdate(
          "AAPL",
          new BigDecimal("5"),
          new BigDecimal("190.10"),
          new BigDecimal("187.5"),
          new BigDecimal("13.00"),
          new BigDecimal("1.39"),
          new BigDecimal("950.50"),
          PositionSide.LONG,
          null,
          NOON,
          null,
          null,
          NOON,
          NOON.plusMillis(7));

  private static String encode(ServerMessage message) {
    return new String(ServerMessageCodec.encode(message), StandardCharsets.UTF_8);
  }

  @Test
  void decimalsArePlainStringsAndTimesHaveMilliseconds() {
    var json = encode(new ServerMessage(NOON, "u1", 3, 3, AAPL));

    assertThat(json)
        .startsWith(
            """
            {"type":"position_update","timestamp":"2026-11-23T12:00:00.000Z","userId":"u1",\
            "prevSeq":3,"seq":3,"data":{"symbol":"AAPL","quantity":"5","currentPrice":"190.10",\
            """)
        .contains("\"side\":\"long\"")
        .contains("\"updatedAt\":\"2026-11-23T12:00:00.007Z\"")
        .doesNotContain("strategyId", "null", "wireName", "closed");
  }

  private static OrderUpdate order() {
    return new OrderUpdate(
        "o-1",
        null,
        "o-1",
        "AAPL",
        OrderSide.BUY,
        "market",
        "day",
        "queued",
        new BigDecimal("5"),
        null,
        BigDecimal.ZERO,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        NOON,
        null,
        null,
        null,
        null,
        NOON);
  }

  @Test
  void anOrdersOwnTypeStaysApartFromTheMessages() {
    var json = encode(new ServerMessage(NOON, "u1", 0, 1, order()));

    assertThat(json).startsWith("{\"type\":\"order_update\"").contains("\"type\":\"market\"");
  }

  @Test
  void aHugeDecimalIsNeverWrittenWithAnExponent() {
    var account =
        new AccountUpdate(
            new BigDecimal("1E+9"),
            BigDecimal.ONE,
            new BigDecimal("1E-7"),
            BigDecimal.ONE,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            NOON);

    assertThat(encode(new ServerMessage(NOON, "u1", 0, 1, account)))
        .contains("\"equity\":\"1000000000\"", "\"cash\":\"0.0000001\"");
  }

  @Test
  void everyMessageSurvivesTheWire() {
    var batch = new BatchUpdate(List.of(AAPL), null, null, List.of(), 4);
    var feed = new Feeds.Feed(Feeds.State.LIVE, NOON, null);
    var feeds = new Feeds(feed, feed);
    var replay = new ServerMessage(NOON, "u1", 1, 2, batch);
    var messages =
        List.<Payload>of(
            AAPL,
            order(),
            batch,
            new FeedNotice(true, FeedNotice.Source.MARKET_DATA, NOON, null),
            new FeedNotice(false, FeedNotice.Source.TRADING, NOON, NOON),
            new Digest(2, StateDigest.ALGORITHM, "ab"),
            new Pong("7", NOON),
            new ErrorNotice("bad_json", "no", false),
            new Shutdown("restart", new Shutdown.Range(0, 10)),
            new Subscribed(
                Set.of(Channel.POSITIONS), null, 1000, true, "e", 2, feeds, null, List.of(replay)));

    for (var payload : messages) {
      var message = new ServerMessage(NOON, "u1", 1, 2, payload);
      assertThat(ServerMessageCodec.decode(encode(message))).isEqualTo(message);
    }
  }

  @Test
  void whatIsWrongWithAMessageIsNamed() {
    assertThatThrownBy(() -> ServerMessageCodec.decode("{")).isInstanceOf(MalformedJson.class);
    assertThatThrownBy(() ->
            ServerMessageCodec.decode(
                "{\"type\":\"pong\",\"timestamp\":\"2026-11-23T12:00:00Z\",\"userId\":\"u\","
                    + "\"prevSeq\":2,\"seq\":1,\"data\":{\"serverTime\":\"2026-11-23T12:00:00Z\"}}"))
        .isInstanceOf(MalformedJson.class)
        .hasMessageContaining("2..1");
    assertThatThrownBy(() ->
            ServerMessageCodec.decode(
                "{\"type\":\"pong\",\"timestamp\":\"2026-11-23T12:00:00Z\",\"userId\":\"u\","
                    + "\"prevSeq\":1,\"seq\":1,\"data\":{}}"))
        .isInstanceOf(MalformedJson.class)
        .hasMessageContaining("serverTime");
  }

  @Test
  void anExponentOrABinaryFloatIsNotADecimal() {
    assertThatThrownBy(() -> Json.read("{\"qty\":\"1e3\"}", OrderRequest.class))
        .isInstanceOf(MalformedJson.class);
    assertThat(Json.read("{\"qty\":\"1.5\"}", OrderRequest.class).qty()).isEqualTo("1.5");
  }
}
