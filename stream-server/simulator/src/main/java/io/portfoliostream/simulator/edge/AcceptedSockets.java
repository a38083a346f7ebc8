package io.portfoliostream.simulator.edge;

import io.helidon.common.socket.SocketOptions;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The options of accepted sockets, and the sockets themselves, which the web server shows to
/// nobody else: without them no connection could be ended by a reset. Safe for use by several
/// threads.
final class AcceptedSockets implements SocketOptions {
  private static final Logger LOG = System.getLogger(AcceptedSockets.class.getName());
  private static final int LEAST_SWEPT = 1_024;

  private final SocketOptions options;
  private final Map<SocketAddress, Socket> sockets = new ConcurrentHashMap<>();
  private volatile int sweepAt = LEAST_SWEPT;

  AcceptedSockets(SocketOptions options) {
    this.options = options;
  }

  /// Ends the connection from an address by a reset.
  void reset(SocketAddress from) {
    var socket = sockets.remove(from);
    if (socket == null) {
      return;
    }
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a connection was over before its reset", e);
    }
  }

  @Override
  public void configureSocket(Socket socket) {
    options.configureSocket(socket);
    var from = socket.getRemoteSocketAddress();
    if (from != null) {
      sockets.put(from, socket);
    }
    if (sockets.size() > sweepAt) {
      sockets.values().removeIf(Socket::isClosed);
      sweepAt = Math.max(LEAST_SWEPT, sockets.size() * 2);
    }
  }

  @Override
  public Map<SocketOption<?>, Object> socketOptions() {
    return options.socketOptions();
  }

  @Override
  public Duration connectTimeout() {
    return options.connectTimeout();
  }

  @Override
  public Duration readTimeout() {
    return options.readTimeout();
  }

  @Override
  public Optional<Integer> socketReceiveBufferSize() {
    return options.socketReceiveBufferSize();
  }

  @Override
  public Optional<Integer> socketSendBufferSize() {
    return options.socketSendBufferSize();
  }

  @Override
  public boolean socketReuseAddress() {
    return options.socketReuseAddress();
  }

  @Override
  public boolean socketKeepAlive() {
    return options.socketKeepAlive();
  }

  @Override
  public boolean tcpNoDelay() {
    return options.tcpNoDelay();
  }
}
