package io.portfoliostream.server.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.portfoliostream.protocol.Envelope;
import io.portfoliostream.protocol.Json;
import io.portfoliostream.protocol.ServerMessageCodec;
import io.portfoliostream.protocol.Shutdown;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Writes messages as [Server-Sent
/// Events](https://html.spec.whatwg.org/multipage/server-sent-events.html), each in a chunk of its
/// own ([RFC 9112 §7.1](https://www.rfc-editor.org/rfc/rfc9112#section-7.1)).
///
/// An event has an id only from the first `subscribed` on: before it the client holds nothing, and
/// the position of a `welcome` would let it resume over what it has not got. A client of events
/// cannot ask for what it misses, so a message that does not follow the last one is not written.
///
/// For one thread at a time.
final class EventFrames {
  private static final byte[] HEARTBEAT = chunk(": heartbeat\n\n".getBytes(US_ASCII));
  private static final byte[] END = {'0', '\r', '\n', '\r', '\n'};

  private final RandomGenerator random;
  private @Nullable String epoch;
  private long seq;

  /// @param random spreads the time to come back
  EventFrames(RandomGenerator random) {
    this.random = random;
  }

  /// A message.
  ///
  /// @throws IOException when it does not follow the last one
  byte[] message(byte[] utf8) throws IOException {
    var envelope = Envelope.read(utf8);
    var event = new ByteArrayOutputStream(utf8.length + 128);
    if (envelope.type().equals("subscribed")) {
      epoch = envelope.epoch();
    } else if (epoch != null && envelope.prevSeq() > seq) {
      throw new IOException("a gap: " + seq + " is followed by " + envelope.prevSeq());
    }
    seq = Math.max(envelope.seq(), envelope.type().equals("subscribed") ? 0 : seq);
    if (envelope.type().equals("shutdown")) {
      line(event, "retry", Long.toString(comeBackAfter(utf8)));
    }
    if (epoch != null) {
      line(event, "id", epoch + ':' + seq);
    }
    line(event, "event", envelope.type());
    event.writeBytes("data: ".getBytes(US_ASCII));
    event.writeBytes(utf8);
    event.writeBytes("\n\n".getBytes(US_ASCII));
    return chunk(event.toByteArray());
  }

  /// A comment, which no client shows.
  static byte[] heartbeat() {
    return HEARTBEAT.clone();
  }

  /// Why the stream ends, and its end.
  static byte[] close(int code, String reason) {
    var event = new ByteArrayOutputStream();
    line(event, "event", "close");
    line(event, "data", new String(Json.write(new Close(code, reason)), UTF_8));
    event.write('\n');
    var last = new ByteArrayOutputStream();
    last.writeBytes(chunk(event.toByteArray()));
    last.writeBytes(END);
    return last.toByteArray();
  }

  private record Close(int code, String reason) {}

  private long comeBackAfter(byte[] utf8) {
    var told = ServerMessageCodec.decode(new String(utf8, UTF_8)).data();
    return told instanceof Shutdown(_, var range)
        ? random.nextLong(range.min(), range.max() + 1L)
        : 0;
  }

  private static void line(ByteArrayOutputStream event, String field, String value) {
    event.writeBytes((field + ": " + value + '\n').getBytes(UTF_8));
  }

  private static byte[] chunk(byte[] event) {
    var chunk = new ByteArrayOutputStream(event.length + 16);
    chunk.writeBytes((Integer.toHexString(event.length) + "\r\n").getBytes(US_ASCII));
    chunk.writeBytes(event);
    chunk.writeBytes("\r\n".getBytes(US_ASCII));
    return chunk.toByteArray();
  }
}
