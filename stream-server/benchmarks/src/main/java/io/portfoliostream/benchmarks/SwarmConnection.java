package io.portfoliostream.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One user's WebSocket, read with as little work as a driver can do: frames are found, the few
/// fields that are measured are searched for in the bytes, and pings are answered.
final class SwarmConnection {
  private static final byte[] TIMESTAMP = "\"timestamp\":\"".getBytes(US_ASCII);
  private static final byte[] USER = "\"userId\":\"".getBytes(US_ASCII);
  private static final byte[] POSITION = "\"entryPrice\":".getBytes(US_ASCII);
  private static final byte[] SNAPSHOT = "\"type\":\"subscribed\"".getBytes(US_ASCII);
  private static final int HEAD_LENGTH = 256;
  private static final int LONG_LENGTH = 126;
  private static final int LONGEST_LENGTH = 127;
  private static final int MASK_BIT = 0x80;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private final SocketChannel socket;
  private final Tally tally;
  private final String name;
  private byte[] rest = {};
  private byte @Nullable [] user;
  private boolean subscribed;

  private SwarmConnection(SocketChannel socket, Tally tally, String name) {
    this.socket = socket;
    this.tally = tally;
    this.name = name;
  }

  /// Connects and subscribes to everything.
  ///
  /// @param path of the stream, with its query
  static SwarmConnection open(URI server, String path, String cookie, Tally tally, String name)
      throws IOException {
    var socket =
        SocketChannel.open(
            new InetSocketAddress(requireNonNull(server.getHost()), server.getPort()));
    socket.socket().setTcpNoDelay(true);
    var connection = new SwarmConnection(socket, tally, name);
    connection.upgrade(server, path, cookie);
    connection.send(TEXT, "{\"type\":\"subscribe\"}".getBytes(UTF_8));
    socket.configureBlocking(false);
    return connection;
  }

  SocketChannel socket() {
    return socket;
  }

  boolean isSubscribed() {
    return subscribed;
  }

  /// Cuts the connection without a goodbye: the server sees a reset.
  void cut() throws IOException {
    socket.socket().setSoLinger(true, 0);
    socket.close();
  }

  /// Takes what was read; whole frames are measured, the rest waits for more.
  void take(ByteBuffer read) throws IOException {
    var bytes = joined(read);
    var from = 0;
    while (true) {
      var next = frame(bytes, from);
      if (next < 0) {
        break;
      }
      from = next;
    }
    rest = from == bytes.length ? new byte[0] : Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private byte[] joined(ByteBuffer read) {
    var bytes = Arrays.copyOf(rest, rest.length + read.remaining());
    read.get(bytes, rest.length, read.remaining());
    return bytes;
  }

  /// Handles the frame at `from`; where the next one begins, or -1 when it is not complete.
  private int frame(byte[] bytes, int from) throws IOException {
    if (bytes.length - from < 2) {
      return -1;
    }
    var length = bytes[from + 1] & 0x7f;
    var body = from + 2;
    if (length == LONG_LENGTH || length == LONGEST_LENGTH) {
      var size = length == LONG_LENGTH ? 2 : Long.BYTES;
      if (bytes.length - body < size) {
        return -1;
      }
      length = 0;
      for (var index = 0; index < size; index++) {
        length = (length << 8) | (bytes[body + index] & 0xff);
      }
      body += size;
    }
    if (bytes.length - body < length) {
      return -1;
    }
    handle(bytes[from] & 0x0f, bytes, body, length);
    return body + length;
  }

  private void handle(int opcode, byte[] bytes, int body, int length) throws IOException {
    switch (opcode) {
      case TEXT -> message(bytes, body, body + length);
      case PING -> send(PONG, Arrays.copyOfRange(bytes, body, body + length));
      case CLOSE -> {
        var code = length < 2 ? 1005 : ((bytes[body] & 0xff) << 8) | (bytes[body + 1] & 0xff);
        tally.closed(name, code);
        throw new EOFException("closed with " + code);
      }
      default -> {}
    }
  }

  private void message(byte[] bytes, int from, int to) {
    var now = Instant.now();
    tally.message(to - from);
    var head = Math.min(to, from + HEAD_LENGTH);
    check(bytes, from, head);
    if (!subscribed && find(SNAPSHOT, bytes, from, head) >= 0) {
      subscribed = true;
      return;
    }
    var updates = count(bytes, from, to);
    if (updates > 0 && subscribed) {
      var at = find(TIMESTAMP, bytes, from, head) + TIMESTAMP.length;
      var text = new String(bytes, at, end(bytes, at) - at, US_ASCII);
      tally.delivered(Duration.between(Instant.parse(text), now), updates);
    }
  }

  /// Every message must be of the user that the first one named.
  private void check(byte[] bytes, int from, int head) {
    var at = find(USER, bytes, from, head);
    if (at < 0) {
      return;
    }
    var start = at + USER.length;
    var id = Arrays.copyOfRange(bytes, start, end(bytes, start));
    if (user == null) {
      user = id;
    } else if (!Arrays.equals(user, id)) {
      tally.crossed();
    }
  }

  private static int end(byte[] bytes, int from) {
    var end = from;
    while (bytes[end] != '"') {
      end++;
    }
    return end;
  }

  private static int count(byte[] bytes, int from, int to) {
    var count = 0;
    for (var at = find(POSITION, bytes, from, to); at >= 0; ) {
      count++;
      at = find(POSITION, bytes, at + POSITION.length, to);
    }
    return count;
  }

  private static int find(byte[] wanted, byte[] bytes, int from, int to) {
    for (var at = from; at <= to - wanted.length; at++) {
      if (bytes[at] == wanted[0]
          && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    return -1;
  }

  /// Client frames must be masked; a mask of zeros leaves the bytes as they are.
  private void send(int opcode, byte[] payload) throws IOException {
    var frame = ByteBuffer.allocate(payload.length + 6);
    frame.put((byte) (MASK_BIT | opcode)).put((byte) (MASK_BIT | payload.length)).putInt(0);
    frame.put(payload).flip();
    while (frame.hasRemaining()) {
      var _ = socket.write(frame);
    }
  }

  private void upgrade(URI server, String path, String cookie) throws IOException {
    var request =
        """
        GET %s HTTP/1.1\r
        Host: %s:%d\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Cookie: portfolio_session=%s\r
        \r
        """
            .formatted(path, server.getHost(), server.getPort(), cookie);
    var _ = socket.write(ByteBuffer.wrap(request.getBytes(US_ASCII)));
    var answer = new StringBuilder();
    var one = ByteBuffer.allocate(1);
    while (answer.indexOf("\r\n\r\n") < 0) {
      one.clear();
      if (socket.read(one) < 0) {
        throw new EOFException("no answer to the upgrade of " + name);
      }
      answer.append((char) one.get(0));
    }
    if (!answer.toString().startsWith("HTTP/1.1 101")) {
      throw new IOException(name + " was refused: " + answer.substring(0, answer.indexOf("\r")));
    }
  }
}
