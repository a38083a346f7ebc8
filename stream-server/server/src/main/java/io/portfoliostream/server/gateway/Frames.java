package io.portfoliostream.server.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/// WebSocket frames from server to client: complete, unmasked ([RFC 6455
/// §5](https://www.rfc-editor.org/rfc/rfc6455#section-5)).
final class Frames {
  /// The longest payload of a control frame, in bytes.
  static final int MAX_CONTROL = 125;

  private static final int FINAL = 0x80;
  private static final int TEXT = 0x1;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int PONG = 0xA;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;

  private Frames() {}

  static byte[] text(byte[] utf8) {
    return frame(TEXT, utf8);
  }

  static byte[] ping(byte[] payload) {
    return frame(PING, payload);
  }

  static byte[] pong(byte[] payload) {
    return frame(PONG, payload);
  }

  /// A close frame; a reason that is too long loses its end.
  static byte[] close(int code, String reason) {
    var words = shortened(reason);
    return frame(
        CLOSE,
        ByteBuffer.allocate(Short.BYTES + words.length).putShort((short) code).put(words).array());
  }

  private static byte[] frame(int opCode, byte[] payload) {
    var length = payload.length;
    var frame = ByteBuffer.allocate(headerLength(length) + length).put((byte) (FINAL | opCode));
    if (length < TWO_BYTES) {
      frame.put((byte) length);
    } else if (length < 1 << Short.SIZE) {
      frame.put((byte) TWO_BYTES).putShort((short) length);
    } else {
      frame.put((byte) EIGHT_BYTES).putLong(length);
    }
    return frame.put(payload).array();
  }

  private static int headerLength(int length) {
    if (length < TWO_BYTES) {
      return 2;
    }
    return length < 1 << Short.SIZE ? 4 : 10;
  }

  private static byte[] shortened(String reason) {
    var words = reason;
    while (words.getBytes(UTF_8).length > MAX_CONTROL - Short.BYTES) {
      words = words.substring(0, words.offsetByCodePoints(words.length(), -1));
    }
    return words.getBytes(UTF_8);
  }
}
