package io.portfoliostream.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
  private static final Feeds.Feed FEED = new Feeds.Feed(Feeds.State.LIVE, Instant.EPOCH, null);
  private static final Feeds FEEDS = new Feeds(FEED, FEED);

  @Test
  void theEnvelopeOfAChangeTellsItsRange() {
    var pong = new ServerMessage(Instant.EPOCH, "u", 3, 5, new Pong("\"seq\":9", Instant.EPOCH));

    assertThat(Envelope.read(ServerMessageCodec.encode(pong)))
        .isEqualTo(new Envelope("pong", 3, 5, null));
  }

  @Test
  void theEnvelopeOfAnAnswerNamesTheEpoch() {
    var snapshot = new Snapshot(List.of(), null, List.of(), List.of());
    var subscribed =
        new Subscribed(Set.of(Channel.ORDERS), null, 1000, false, "e1", 7, FEEDS, snapshot, null);

    assertThat(
            Envelope.read(
                ServerMessageCodec.encode(new ServerMessage(Instant.EPOCH, "u", 0, 7, subscribed))))
        .isEqualTo(new Envelope("subscribed", 0, 7, "e1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"data\":{}}", "{\"type\":\"pong\"}", "{\"type\""})
  void whatIsNoMessageIsRefused(String text) {
    assertThatThrownBy(() -> Envelope.read(text.getBytes(UTF_8))).isInstanceOf(MalformedJson.class);
  }
}
