package io.portfoliostream.simulator.edge;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Frames of RFC 6455 as a server writes them: unmasked.
final class Frames {
  private static final int FINAL = 0x80;
  private static final int CONTINUATION = 0;
  private static final int CLOSE = 8;
  private static final int PONG = 10;
  private static final int SHORT = 125;
  private static final int LONGEST_REASON = 123;
  private static final int PARTS = 3;

  private Frames() {}

  static byte[] message(FrameKind kind, byte[] payload) {
    return frame(FINAL | kind.opcode(), payload);
  }

  /// A message in three frames, one behind the other.
  static byte[] fragments(FrameKind kind, byte[] payload) {
    var frames = new ByteArrayOutputStream(payload.length + 32);
    int from = 0;
    for (int part = 1; part <= PARTS; part++) {
      int to = payload.length * part / PARTS;
      int first = part == 1 ? kind.opcode() : CONTINUATION;
      frames.writeBytes(
          frame(part == PARTS ? FINAL | first : first, Arrays.copyOfRange(payload, from, to)));
      from = to;
    }
    return frames.toByteArray();
  }

  static byte[] pong(byte[] payload) {
    return frame(FINAL | PONG, payload);
  }

  static byte[] close(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    if (text.length > LONGEST_REASON) {
      throw new IllegalArgumentException("close reason is too long: " + reason);
    }
    return frame(
        FINAL | CLOSE,
        ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array());
  }

  private static byte[] frame(int start, byte[] payload) {
    int header = payload.length <= SHORT ? 2 : payload.length <= 0xFFFF ? 4 : 10;
    var frame = ByteBuffer.allocate(header + payload.length).put((byte) start);
    switch (header) {
      case 2 -> frame.put((byte) payload.length);
      case 4 -> frame.put((byte) 126).putShort((short) payload.length);
      default -> frame.put((byte) 127).putLong(payload.length);
    }
    return frame.put(payload).array();
  }
}
