package io.portfoliostream.server.stream;

import io.portfoliostream.protocol.Payload;
import io.portfoliostream.protocol.ServerMessage;
import io.portfoliostream.protocol.ServerMessageCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A pipe that keeps what is written to it, and can be made to break.
final class RecordingTransport implements Transport {
  private final List<ServerMessage> messages = new ArrayList<>();
  private final List<byte[]> frames = new ArrayList<>();
  private final List<byte[]> pings = new ArrayList<>();
  private @Nullable Integer closeCode;
  private String closeReason = "";
  private boolean killed;
  private boolean broken;
  private Runnable onWrite = () -> {};

  @Override
  public void write(byte[] utf8) throws IOException {
    requireOpen();
    onWrite.run();
    frames.add(utf8);
    messages.add(ServerMessageCodec.decode(new String(utf8, StandardCharsets.UTF_8)));
  }

  @Override
  public void ping(byte[] payload) throws IOException {
    requireOpen();
    pings.add(payload);
  }

  @Override
  public void close(int code, String reason) throws IOException {
    requireOpen();
    closeCode = code;
    closeReason = reason;
  }

  @Override
  public void kill() {
    killed = true;
  }

  private void requireOpen() throws IOException {
    if (broken || killed) {
      throw new IOException("broken pipe");
    }
    if (closeCode != null) {
      throw new AssertionError("written after close");
    }
  }

  void breakNow() {
    broken = true;
  }

  void onWrite(Runnable happens) {
    onWrite = happens;
  }

  /// What came since the last call.
  List<ServerMessage> take() {
    var taken = List.copyOf(messages);
    messages.clear();
    return taken;
  }

  /// The payloads that came since the last call.
  List<Payload> payloads() {
    return take().stream().map(ServerMessage::data).toList();
  }

  /// The types that came since the last call.
  List<String> types() {
    return payloads().stream().map(Payload::messageType).toList();
  }

  ServerMessage only() {
    var taken = take();
    if (taken.size() != 1) {
      throw new AssertionError("not exactly one message: " + taken);
    }
    return taken.getFirst();
  }

  List<byte[]> frames() {
    return frames;
  }

  List<byte[]> pings() {
    return pings;
  }

  @Nullable Integer closeCode() {
    return closeCode;
  }

  String closeReason() {
    return closeReason;
  }

  boolean isKilled() {
    return killed;
  }
}
