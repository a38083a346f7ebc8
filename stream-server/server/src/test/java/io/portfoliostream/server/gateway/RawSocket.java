package io.portfoliostream.server.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/// A client that says exactly what it is told to, byte by byte.
final class RawSocket implements AutoCloseable {
  static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  static final int TEXT = 0x1;
  static final int BINARY = 0x2;
  static final int CONTINUATION = 0x0;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xA;
  private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};

  private final Socket socket;
  private final DataInputStream in;

  RawSocket(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  RawSocket(Socket connected) throws IOException {
    socket = connected;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(10_000);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /// An HTTP response.
  record Response(int status, String head, String body) {
    String header(String name) {
      return head.lines()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  /// A WebSocket frame from the server.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Frame(int opCode, boolean last, byte[] payload) {
    String text() {
      return new String(payload, UTF_8);
    }

    int closeCode() {
      return Short.toUnsignedInt(ByteBuffer.wrap(payload).getShort());
    }
  }

  /// The lines of a good upgrade, but for the cookie.
  static String upgrade(String... moreHeaders) {
    return request(
        "GET /ws/portfolio HTTP/1.1",
        "Host: localhost",
        "Upgrade: websocket",
        "Connection: keep-alive, Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: " + KEY,
        String.join("\r\n", moreHeaders));
  }

  static String request(String... lines) {
    var text = new StringBuilder();
    for (var line : lines) {
      if (!line.isEmpty()) {
        text.append(line).append("\r\n");
      }
    }
    return text.append("\r\n").toString();
  }

  /// A request with a JSON body.
  static String post(String path, String json, String... headers) {
    return request(
            "POST " + path + " HTTP/1.1",
            "Host: localhost",
            "Content-Type: application/json",
            "Content-Length: " + json.getBytes(UTF_8).length,
            String.join("\r\n", headers))
        + json;
  }

  Response ask(String request) throws IOException {
    send(request.getBytes(UTF_8));
    return response();
  }

  RawSocket send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  Response response() throws IOException {
    var response = head();
    var length = response.header("Content-Length");
    var body = length.isEmpty() ? new byte[0] : in.readNBytes(Integer.parseInt(length));
    return new Response(response.status(), response.head(), new String(body, UTF_8));
  }

  /// A response that has no body, whatever it says of its length.
  Response head() throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      head.write(in.readUnsignedByte());
    }
    var text = head.toString(ISO_8859_1);
    return new Response(Integer.parseInt(text.substring(9, 12)), text, "");
  }

  RawSocket frame(int opCode, boolean last, byte[] payload) throws IOException {
    return send(masked((last ? 0x80 : 0) | opCode, payload));
  }

  RawSocket text(String text) throws IOException {
    return frame(TEXT, true, text.getBytes(UTF_8));
  }

  RawSocket close(int code) throws IOException {
    return frame(CLOSE, true, ByteBuffer.allocate(2).putShort((short) code).array());
  }

  static byte[] masked(int firstByte, byte[] payload) {
    var header = ByteBuffer.allocate(14).put((byte) firstByte);
    if (payload.length < 126) {
      header.put((byte) (0x80 | payload.length));
    } else if (payload.length < 1 << 16) {
      header.put((byte) (0x80 | 126)).putShort((short) payload.length);
    } else {
      header.put((byte) (0x80 | 127)).putLong(payload.length);
    }
    header.put(MASK).flip();
    var frame = ByteBuffer.allocate(header.remaining() + payload.length).put(header);
    for (var at = 0; at < payload.length; at++) {
      frame.put((byte) (payload[at] ^ MASK[at % MASK.length]));
    }
    return frame.array();
  }

  Frame frame() throws IOException {
    var first = in.readUnsignedByte();
    var second = in.readUnsignedByte();
    if ((second & 0x80) != 0) {
      throw new IOException("a server must not mask");
    }
    long length = second & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    return new Frame(first & 0x0f, (first & 0x80) != 0, in.readNBytes((int) length));
  }

  /// The code with which the server closes the stream; what comes before is passed over.
  int closeCode() throws IOException {
    while (true) {
      var frame = frame();
      if (frame.opCode() == CLOSE) {
        return frame.closeCode();
      }
    }
  }

  /// Whether the server has ended the connection; waits for it.
  boolean isEnded() throws IOException {
    try {
      return in.read() == -1;
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return true;
    }
  }

  /// Says that nothing more will come, and goes on reading.
  RawSocket finish() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /// Vanishes with a FIN.
  @Override
  public void close() throws IOException {
    socket.close();
  }

  /// Vanishes with a RST.
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }
}
