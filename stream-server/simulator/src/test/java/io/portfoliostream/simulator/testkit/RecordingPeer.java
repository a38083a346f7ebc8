package io.portfoliostream.simulator.testkit;

import io.portfoliostream.simulator.faults.Wire;
import io.portfoliostream.simulator.stream.Peer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A peer that keeps what it was sent.
public final class RecordingPeer implements Peer, Wire {
  private final List<String> messages = new ArrayList<>();
  private final List<String> ends = new ArrayList<>();

  @Override
  public void send(byte[] message) {
    messages.add(new String(message, StandardCharsets.UTF_8));
  }

  @Override
  public void close(int code, String reason) {
    ends.add(code + " " + reason);
  }

  @Override
  public void write(byte[] payload, boolean binary) {
    send(payload);
  }

  @Override
  public void reset() {
    ends.add("reset");
  }

  @Override
  public void cut() {
    ends.add("cut");
  }

  /// What was sent since the last call.
  public List<String> take() {
    var taken = List.copyOf(messages);
    messages.clear();
    return taken;
  }

  /// How the connection was ended.
  public List<String> ends() {
    return List.copyOf(ends);
  }
}
