package io.portfoliostream.alpaca;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The server's end of one WebSocket connection, frame by frame (RFC 6455).
final class FakePeer {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final long PATIENCE_SECONDS = 10;

  private final Socket socket;
  private final OutputStream output;
  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> endings = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> pings = new LinkedBlockingQueue<>();
  private final AtomicInteger pingCount = new AtomicInteger();
  private volatile boolean answersPings = true;

  FakePeer(Socket socket) throws IOException {
    this.socket = socket;
    this.output = socket.getOutputStream();
  }

  /// Reads frames until the connection ends.
  void read() {
    try (socket) {
      var input = new DataInputStream(socket.getInputStream());
      while (readFrame(input)) {
        // The frame was handled.
      }
    } catch (IOException e) {
      endings.add(-1);
    }
  }

  /// The next text message of the client.
  String nextText() throws InterruptedException {
    return require(texts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "no text from the client");
  }

  boolean hasText() {
    return !texts.isEmpty();
  }

  /// Waits for a ping of the client, and tells how many there were in all.
  int nextPing() throws InterruptedException {
    return require(pings.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "no ping from the client");
  }

  /// Waits a moment for a ping of the client.
  boolean isSoonPinged() throws InterruptedException {
    return pings.poll(150, TimeUnit.MILLISECONDS) != null;
  }

  /// Waits for the client's close frame and tells its code, or -1 when the connection broke.
  int ending() throws InterruptedException {
    return require(endings.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "the client stays");
  }

  void ignorePings() {
    answersPings = false;
  }

  FakePeer sendText(String text) {
    return sendFrame(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  FakePeer sendBinary(String text) {
    return sendFrame(true, BINARY, text.getBytes(StandardCharsets.UTF_8));
  }

  /// Sends a message in frames of at most so many bytes, wherever that cuts a character.
  FakePeer sendFragmented(int opcode, String text, int size) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    for (var from = 0; from < bytes.length; from += size) {
      var to = Math.min(bytes.length, from + size);
      var part = Arrays.copyOfRange(bytes, from, to);
      sendFrame(to == bytes.length, from == 0 ? opcode : CONTINUATION, part);
    }
    return this;
  }

  synchronized FakePeer sendFrame(boolean last, int opcode, byte[] payload) {
    var frame = new ByteArrayOutputStream();
    frame.write((last ? 0x80 : 0) | opcode);
    if (payload.length < 126) {
      frame.write(payload.length);
    } else if (payload.length < 65_536) {
      frame.write(126);
      frame.write(payload.length >>> 8);
      frame.write(payload.length & 0xff);
    } else {
      frame.write(127);
      for (var shift = 56; shift >= 0; shift -= 8) {
        frame.write((int) ((long) payload.length >>> shift) & 0xff);
      }
    }
    frame.writeBytes(payload);
    try {
      output.write(frame.toByteArray());
      output.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  void sendClose(int code) {
    sendFrame(true, CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
  }

  /// Ends the connection without a close frame, by FIN.
  void hangUp() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Ends the connection without a close frame, by RST.
  void cut() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean readFrame(DataInputStream input) throws IOException {
    var opcode = input.readUnsignedByte() & 0x0f;
    var length = input.readUnsignedByte() & 0x7f;
    if (length == 126) {
      length = input.readUnsignedShort();
    } else if (length == 127) {
      length = Math.toIntExact(input.readLong());
    }
    var mask = input.readNBytes(4);
    var payload = input.readNBytes(length);
    for (var i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return handle(opcode, payload);
  }

  private boolean handle(int opcode, byte[] payload) {
    switch (opcode) {
      case TEXT -> texts.add(new String(payload, StandardCharsets.UTF_8));
      case PING -> {
        if (answersPings) {
          sendFrame(true, PONG, payload);
        }
        pings.add(pingCount.incrementAndGet());
      }
      case CLOSE -> {
        endings.add(((payload[0] & 0xff) << 8) | (payload[1] & 0xff));
        sendFrame(true, CLOSE, payload);
        return false;
      }
      default -> {}
    }
    return true;
  }

  private static <T> T require(@Nullable T value, String complaint) {
    if (value == null) {
      throw new AssertionError(complaint);
    }
    return value;
  }
}
