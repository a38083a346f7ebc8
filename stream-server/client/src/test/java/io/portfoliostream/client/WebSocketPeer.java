package io.portfoliostream.client;

import io.portfoliostream.protocol.ClientMessage;
import io.portfoliostream.protocol.ClientMessageCodec;
import io.portfoliostream.protocol.Inbound;
import io.portfoliostream.protocol.ServerMessage;
import io.portfoliostream.protocol.ServerMessageCodec;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/// The server's end of one WebSocket, frame by frame (RFC 6455).
final class WebSocketPeer {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int FIN = 0x80;

  private final Socket socket;
  private final DataInputStream in;
  final String head;

  private WebSocketPeer(Socket socket, InputStream in, String head) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(in);
    this.head = head;
    socket.setSoTimeout(20_000);
  }

  static WebSocketPeer accept(Socket socket, InputStream in, String head) throws IOException {
    var key =
        head.lines()
            .filter(line -> line.startsWith("Sec-WebSocket-Key: "))
            .findFirst()
            .orElseThrow()
            .substring("Sec-WebSocket-Key: ".length())
            .strip();
    var answer =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + accepted(key)
            + "\r\n\r\n";
    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    return new WebSocketPeer(socket, in, head);
  }

  void send(ServerMessage message) throws IOException {
    frame(FIN | TEXT, ServerMessageCodec.encode(message));
  }

  /// The same in many small frames.
  void sendInPieces(ServerMessage message) throws IOException {
    var bytes = ServerMessageCodec.encode(message);
    for (int from = 0; from < bytes.length; from += 50) {
      int to = Math.min(bytes.length, from + 50);
      int code = (from == 0 ? TEXT : 0) | (to == bytes.length ? FIN : 0);
      frame(code, Arrays.copyOfRange(bytes, from, to));
    }
  }

  void ping() throws IOException {
    frame(FIN | PING, new byte[] {1});
  }

  void close(int code) throws IOException {
    frame(FIN | CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
  }

  /// Ends the TCP connection in order, without a close frame.
  void fin() throws IOException {
    socket.close();
  }

  /// Tears the TCP connection.
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /// The next message that is not a ping of the client's own.
  Inbound message() throws IOException {
    for (var next = next(); ; next = next()) {
      if (next.opcode() == TEXT) {
        var decoded = ClientMessageCodec.decode(next.text());
        if (!(decoded instanceof ClientMessage.Ping)) {
          return decoded;
        }
      }
    }
  }

  /// The next frame of this kind, others skipped.
  Frame await(int opcode) throws IOException {
    for (var next = next(); ; next = next()) {
      if (next.opcode() == opcode) {
        return next;
      }
    }
  }

  /// Whether the client has ended the TCP connection, after whatever it still sent.
  boolean isAtEnd() throws IOException {
    while (true) {
      int first = in.read();
      if (first < 0) {
        return true;
      }
      rest(first);
    }
  }

  /// A frame of the client.
  ///
  /// @param octets of the payload, one per character
  record Frame(int opcode, String octets) {
    String text() {
      return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    int closeCode() {
      return (octets.charAt(0) << 8) | octets.charAt(1);
    }
  }

  private Frame next() throws IOException {
    return rest(in.readUnsignedByte());
  }

  private Frame rest(int first) throws IOException {
    int second = in.readUnsignedByte();
    if ((second & 0x80) == 0) {
      throw new AssertionError("a client must mask");
    }
    int length = second & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = Math.toIntExact(in.readLong());
    }
    var mask = in.readNBytes(4);
    var payload = in.readNBytes(length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return new Frame(first & 0x0f, new String(payload, StandardCharsets.ISO_8859_1));
  }

  private void frame(int code, byte[] payload) throws IOException {
    var out = new ByteArrayOutputStream();
    out.write(code);
    if (payload.length < 126) {
      out.write(payload.length);
    } else {
      out.write(126);
      out.write(payload.length >> 8);
      out.write(payload.length);
    }
    out.writeBytes(payload);
    socket.getOutputStream().write(out.toByteArray());
  }

  private static String accepted(String key) {
    try {
      var sha = MessageDigest.getInstance("SHA-1");
      return Base64.getEncoder()
          .encodeToString(sha.digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
