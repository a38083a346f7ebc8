package io.portfoliostream.e2e.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The ports of one stack.
public record Ports(int ui, int stream, int management, int simulator, int database) {
  private static final int COUNT = 5;

  /// Ports that nobody used a moment ago.
  public static Ports free() {
    var sockets = new ArrayList<ServerSocket>();
    try {
      for (int i = 0; i < COUNT; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      List<Integer> free = sockets.stream().map(ServerSocket::getLocalPort).toList();
      return new Ports(free.get(0), free.get(1), free.get(2), free.get(3), free.get(4));
    } catch (IOException e) {
      throw new UncheckedIOException("no free ports", e);
    } finally {
      sockets.forEach(Ports::close);
    }
  }

  /// The settings that choose these ports.
  public Map<String, String> environment() {
    return Map.of(
        "UI_PORT", Integer.toString(ui),
        "STREAM_PORT", Integer.toString(stream),
        "MANAGEMENT_PORT", Integer.toString(management),
        "SIMULATOR_PORT", Integer.toString(simulator),
        "DATABASE_PORT", Integer.toString(database));
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("port " + socket.getLocalPort() + " stays taken", e);
    }
  }
}
