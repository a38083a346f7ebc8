package io.portfoliostream.simulator.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;

/// A WebSocket client that shows every frame and every end as it comes over the wire: `text …`,
/// `binary …`, `part …` for fragments, `pong`, `close …`, `fin`, `reset`.
public final class RawStream implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Socket socket;
  private final DataInputStream in;
  private final String status;

  /// Connects and shakes hands.
  ///
  /// @param headers whole header lines
  public RawStream(URI uri, String... headers) throws IOException {
    socket = new Socket(uri.getHost(), uri.getPort());
    socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
    in = new DataInputStream(socket.getInputStream());
    var request =
        new StringBuilder("GET " + uri.getPath() + " HTTP/1.1\r\n")
            .append("Host: 127.0.0.1:" + uri.getPort() + "\r\n")
            .append("Upgrade: websocket\r\nConnection: Upgrade\r\n")
            .append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")
            .append("Sec-WebSocket-Version: 13\r\n");
    for (var header : headers) {
      request.append(header).append("\r\n");
    }
    socket
        .getOutputStream()
        .write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    status = head().substring(9, 12);
  }

  /// The HTTP status of the handshake, 101 when the stream is open.
  public String status() {
    return status;
  }

  /// Sends a text message.
  public void send(String message) throws IOException {
    write(1, message.getBytes(StandardCharsets.UTF_8));
  }

  /// Sends a binary message.
  public void send(byte[] message) throws IOException {
    write(2, message);
  }

  /// Sends a ping.
  public void ping() throws IOException {
    write(9, new byte[] {7});
  }

  /// Says goodbye.
  public void sayGoodbye() throws IOException {
    write(8, ByteBuffer.allocate(2).putShort((short) 1000).array());
  }

  /// The next frame, or the end.
  public String next() throws IOException {
    try {
      int start = in.readUnsignedByte();
      byte[] payload = payload();
      return describe(start & 0x0F, (start & 0x80) != 0, payload);
    } catch (EOFException _) {
      return "fin";
    } catch (SocketTimeoutException e) {
      throw new AssertionError("nothing came in " + PATIENCE, e);
    } catch (SocketException _) {
      return "reset";
    }
  }

  /// The payload of the next frame, which must be a whole binary one.
  public byte[] nextBinary() throws IOException {
    int start = in.readUnsignedByte();
    if (start != 0x82) {
      throw new AssertionError("not a binary frame: " + Integer.toHexString(start));
    }
    return payload();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private byte[] payload() throws IOException {
    long length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] payload = new byte[Math.toIntExact(length)];
    in.readFully(payload);
    return payload;
  }

  private static String describe(int opcode, boolean last, byte[] payload) {
    var text = new String(payload, StandardCharsets.UTF_8);
    if (opcode == 0 || !last) {
      return "part " + opcode + (last ? " last " : " ") + text;
    }
    return switch (opcode) {
      case 1 -> "text " + text;
      case 2 ->
          payload.length == 1 ? "binary 0x" + HexFormat.of().formatHex(payload) : "binary " + text;
      case 8 -> "close " + ByteBuffer.wrap(payload).getShort();
      case 10 -> "pong";
      default -> throw new AssertionError("unexpected opcode " + opcode);
    };
  }

  /// A client's frame, masked with zeros.
  private void write(int opcode, byte[] payload) throws IOException {
    var frame = new ByteArrayOutputStream();
    frame.write(0x80 | opcode);
    if (payload.length < 126) {
      frame.write(0x80 | payload.length);
    } else {
      frame.write(0xFE);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    }
    frame.writeBytes(new byte[4]);
    frame.writeBytes(payload);
    socket.getOutputStream().write(frame.toByteArray());
  }

  private String head() throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }
}
