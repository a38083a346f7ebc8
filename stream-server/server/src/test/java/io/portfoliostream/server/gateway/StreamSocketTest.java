package io.portfoliostream.server.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.server.gateway.FakeStreams.Heard;
import io.portfoliostream.server.gateway.FakeStreams.Opened;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamSocketTest {
  private static final int LIMIT = EdgeFixture.MESSAGE_BYTES;

  private final EdgeFixture edge = new EdgeFixture();
  private final RawSocket client;
  private final Opened stream;

  StreamSocketTest() throws Exception {
    client = edge.upgraded(edge.session("ada"));
    stream = edge.streams.next();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    edge.close();
  }

  @Test
  void aMessageArrivesAsItWasSent() throws Exception {
    client.text("{\"type\":\"ping\"}");

    assertThat(stream.next()).isEqualTo(new Heard.Text("{\"type\":\"ping\"}"));
  }

  @Test
  void aCharacterThatIsSplitBetweenFragmentsStaysWhole() throws Exception {
    var text = "P&L: 12 €, 𝄞";
    var bytes = text.getBytes(UTF_8);
    for (var cut = 0; cut <= bytes.length; cut++) {
      client.frame(RawSocket.TEXT, false, Arrays.copyOf(bytes, cut));
      client.frame(RawSocket.CONTINUATION, true, Arrays.copyOfRange(bytes, cut, bytes.length));

      assertThat(stream.next()).isEqualTo(new Heard.Text(text));
    }
  }

  @Test
  void aFragmentPerByteIsOneMessage() throws Exception {
    var bytes = "grün".getBytes(UTF_8);
    client.frame(RawSocket.TEXT, false, new byte[0]);
    for (var octet : bytes) {
      client.frame(RawSocket.CONTINUATION, false, new byte[] {octet});
    }
    client.frame(RawSocket.CONTINUATION, true, new byte[0]);

    assertThat(stream.next()).isEqualTo(new Heard.Text("grün"));
  }

  @Test
  void aMessageOfExactlyTheLimitIsTaken() throws Exception {
    client.text("x".repeat(LIMIT));

    assertThat(stream.next()).isEqualTo(new Heard.Text("x".repeat(LIMIT)));
  }

  @Test
  void aMessageOverTheLimitEndsTheConnection() throws Exception {
    client.text("x".repeat(LIMIT + 1));

    assertThat(stream.next()).isEqualTo(new Heard.TooBig());
    assertThat(client.frame().closeCode()).isEqualTo(1009);
  }

  @Test
  void fragmentsOverTheLimitEndTheConnection() throws Exception {
    client.frame(RawSocket.TEXT, false, new byte[LIMIT]);
    client.frame(RawSocket.CONTINUATION, true, new byte[1]);

    assertThat(stream.next()).isEqualTo(new Heard.TooBig());
    assertThat(client.frame().closeCode()).isEqualTo(1009);
  }

  @Test
  void aFrameThatOnlyClaimsToBeHugeIsRefusedAtOnce() throws Exception {
    client.send(HexFormat.of().parseHex("81ff7fffffffffffffff"));

    assertThat(stream.next()).isEqualTo(new Heard.TooBig());
    assertThat(client.frame().closeCode()).isEqualTo(1009);
  }

  @Test
  void whatFollowsAMessageOverTheLimitIsNotRead() throws Exception {
    client.text("x".repeat(LIMIT + 1)).text("after");
    assertThat(stream.next()).isEqualTo(new Heard.TooBig());
    client.close();

    assertThat(stream.next()).isEqualTo(new Heard.Gone());
  }

  @Test
  void aPingIsAnsweredWithItsPayloadBetweenFragmentsToo() throws Exception {
    client.frame(RawSocket.TEXT, false, "a".getBytes(UTF_8));
    client.frame(RawSocket.PING, true, "are you there?".getBytes(UTF_8));
    client.frame(RawSocket.CONTINUATION, true, "b".getBytes(UTF_8));

    var pong = client.frame();
    assertThat(pong.opCode()).isEqualTo(RawSocket.PONG);
    assertThat(pong.text()).isEqualTo("are you there?");
    assertThat(stream.next()).isEqualTo(new Heard.Pinged());
    assertThat(stream.next()).isEqualTo(new Heard.Text("ab"));
  }

  @Test
  void aPongIsHeard() throws Exception {
    stream.transport().ping("12".getBytes(UTF_8));
    var ping = client.frame();
    assertThat(ping.opCode()).isEqualTo(RawSocket.PING);

    client.frame(RawSocket.PONG, true, ping.payload());

    assertThat(stream.next()).isEqualTo(new Heard.Ponged("12"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 3000, 4321})
  void aCloseIsAnsweredAndTheServerEndsTheConnection(int code) throws Exception {
    client.close(code);

    var answer = client.frame();
    assertThat(answer.opCode()).isEqualTo(RawSocket.CLOSE);
    assertThat(answer.closeCode()).isEqualTo(code);
    assertThat(client.isEnded()).isTrue();
    assertThat(stream.next()).isEqualTo(new Heard.Goodbye(code));
    assertThat(stream.next()).isEqualTo(new Heard.Gone());
    assertThat(edge.timer.delays()).isEmpty();
  }

  @Test
  void ourCloseIsFollowedByTheClientsAndTheEnd() throws Exception {
    stream.transport().close(4401, "session ended");

    var goodbye = client.frame();
    assertThat(goodbye.closeCode()).isEqualTo(4401);
    assertThat(goodbye.text()).endsWith("session ended");
    client.text("ignored").close(4401);
    assertThat(client.isEnded()).isTrue();
    assertThat(stream.next()).isEqualTo(new Heard.Goodbye(4401));
    assertThat(stream.next()).isEqualTo(new Heard.Gone());
    assertThat(edge.timer.delays()).isEmpty();
  }

  @Test
  void aClientThatDoesNotAnswerOurCloseIsCutAfterTheGrace() throws Exception {
    stream.transport().close(1012, "restart");
    assertThat(client.frame().closeCode()).isEqualTo(1012);
    assertThat(edge.timer.delays()).containsExactly(EdgeFixture.CLOSE_GRACE);
    assertThat(stream.heard()).isEmpty();

    edge.timer.runAll();

    assertThat(client.isEnded()).isTrue();
    assertThat(stream.next()).isEqualTo(new Heard.Gone());
  }

  @Test
  void afterOurCloseNothingIsWritten() throws Exception {
    stream.transport().close(1012, "restart");
    stream.transport().close(4401, "again");

    assertThatThrownBy(() -> stream.transport().write("x".getBytes(UTF_8)))
        .isInstanceOf(IOException.class);
    assertThat(client.frame().closeCode()).isEqualTo(1012);
    client.close(1012);
    assertThat(client.isEnded()).isTrue();
  }

  @Test
  void aBinaryMessageIsRefused() throws Exception {
    client.frame(RawSocket.BINARY, true, new byte[] {1, 2, 3});

    assertThat(client.frame().closeCode()).isEqualTo(1003);
    assertThat(stream.next()).isEqualTo(new Heard.Goodbye(1003));
  }

  /// Each is what a client must never send, masked where it can be.
  @ParameterizedTest
  @CsvSource({
    "a text without a mask,           810161,              1002",
    "a reserved bit,                  c180 00000000,       1002",
    "an unknown opcode,               8380 00000000,       1002",
    "an unknown control opcode,       8b80 00000000,       1002",
    "a continuation of nothing,       8080 00000000,       1002",
    "a ping in fragments,             0980 00000000,       1002",
    "a close in fragments,            0880 00000000,       1002",
    "a close of one byte,             8881 00000000 03,    1002",
    "a close that may not be sent,    8882 00000000 03ee,  1002",
    "a text that is not UTF-8,        8182 00000000 c328,  1007",
    "half a character,                8181 00000000 c3,    1007",
    "a surrogate,                     8183 00000000 eda080, 1007"
  })
  void whoBreaksTheRulesIsToldAndLetGo(String what, String hex, int code) throws Exception {
    client.send(HexFormat.of().parseHex(hex.replace(" ", "")));

    assertThat(client.frame().closeCode()).as(what).isEqualTo(code);
    assertThat(stream.next()).isEqualTo(new Heard.Goodbye(code));
    client.close();
    assertThat(stream.next()).isEqualTo(new Heard.Gone());
  }

  @Test
  void aTextWithinATextIsRefused() throws Exception {
    client.frame(RawSocket.TEXT, false, new byte[0]).text("x");

    assertThat(client.frame().closeCode()).isEqualTo(1002);
  }

  @Test
  void aControlFrameThatIsTooLongIsRefused() throws Exception {
    client.frame(RawSocket.PING, true, new byte[126]);

    assertThat(client.frame().closeCode()).isEqualTo(1002);
  }

  @Test
  void framesOfSeveralThreadsNeverInterleave() throws Exception {
    var total = 400;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var size = 1; size <= total; size++) {
        var message = "m".repeat(size * 37).getBytes(UTF_8);
        var _ = threads.submit(() -> write(message));
        if (size % 10 == 0) {
          client.frame(RawSocket.PING, true, new byte[0]);
        }
      }
      var texts = 0;
      while (texts < total) {
        var frame = client.frame();
        if (frame.opCode() == RawSocket.TEXT) {
          texts++;
          assertThat(frame.text()).matches("m+");
          assertThat(frame.payload().length % 37).isZero();
        } else {
          assertThat(frame.opCode()).isEqualTo(RawSocket.PONG);
        }
      }
    }
  }

  /// A client that does not read blocks its own writer only, and a cut frees it.
  @Test
  void aBlockedWriterIsFreedByACut() throws Exception {
    var written = new AtomicLong();
    var ended = new CompletableFuture<Throwable>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) {
              stream.transport().write(new byte[64 * 1024]);
              written.incrementAndGet();
            }
          } catch (IOException e) {
            ended.complete(e);
          }
        });
    Eventually.staysFor("the writer is blocked", Duration.ofMillis(200), written::get);

    stream.transport().kill();

    assertThat(ended.get(5, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    assertThat(stream.next()).isEqualTo(new Heard.Gone());
    Eventually.holds(
        "the place is free", () -> edge.streams.bus.connections(stream.client().user()) == 0);
  }

  @Test
  void aCutEndsAnIdleConnectionAtOnce() throws Exception {
    stream.transport().kill();

    assertThat(stream.next()).isEqualTo(new Heard.Gone());
    assertThat(client.isEnded()).isTrue();
  }

  private void write(byte[] message) {
    try {
      stream.transport().write(message);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
