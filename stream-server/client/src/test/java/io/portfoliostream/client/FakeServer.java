package io.portfoliostream.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A stream server made of bare sockets, that does to its clients what a test wants.
final class FakeServer implements AutoCloseable {
  static final String UPGRADE = "upgrade";

  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final BlockingQueue<WebSocketPeer> peers = new LinkedBlockingQueue<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile ServerSocket listener;
  private final int port;

  FakeServer() throws IOException {
    this.listener = listen(0);
    this.port = listener.getLocalPort();
    answers("/ws/portfolio", UPGRADE);
    json("/api/health", 200, HEALTHY);
  }

  static final String HEALTHY =
      """
      {"status":"up","realtime":{"enabled":true},"broker":{"environment":"simulator",\
      "marketData":"up"},"database":"up","bus":"up","version":"1"}\
      """;

  URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /// From now on `path` is answered with these bytes, or upgraded, or not at all when empty.
  void answers(String path, String raw) {
    answers.put(path, raw);
  }

  void json(String path, int status, String body) {
    var type = status < 400 ? "application/json" : "application/problem+json";
    answers(path, response(status, "Content-Type: " + type + "\r\n", body));
  }

  void problem(String path, int status, String code) {
    json(
        path,
        status,
        """
        {"type":"about:blank","title":"No","status":%d,"code":"%s","detail":"no"}\
        """
            .formatted(status, code));
  }

  static String response(int status, String headers, String body) {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return "HTTP/1.1 "
        + status
        + " X\r\n"
        + headers
        + "Content-Length: "
        + length
        + "\r\n\r\n"
        + body;
  }

  /// The next client that was upgraded.
  WebSocketPeer peer() throws InterruptedException {
    var peer = peers.poll(20, TimeUnit.SECONDS);
    if (peer == null) {
      throw new AssertionError("no connection came; requests: " + requests);
    }
    return peer;
  }

  boolean noPeerWaits() {
    return peers.isEmpty();
  }

  /// The whole server dies; its port stays its own.
  void stop() throws IOException {
    listener.close();
    for (var socket : sockets) {
      if (!socket.isClosed()) {
        socket.setSoLinger(true, 0);
        socket.close();
      }
    }
    sockets.clear();
  }

  /// Listens on its port again, once nobody else's connection has it for its own end.
  void restart() {
    SocketFixture.await("the port is free again", this::isListening);
  }

  private boolean isListening() {
    try {
      listener = listen(port);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    stop();
  }

  private ServerSocket listen(int onPort) throws IOException {
    var socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort));
    Thread.ofVirtual().name("fake-server").start(() -> accept(socket));
    return socket;
  }

  private void accept(ServerSocket from) {
    try {
      while (!from.isClosed()) {
        var socket = from.accept();
        sockets.add(socket);
        Thread.ofVirtual().name("fake-connection").start(() -> serve(socket));
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private void serve(Socket socket) {
    try {
      var in = new BufferedInputStream(socket.getInputStream());
      for (var head = head(in); !head.isEmpty(); head = head(in)) {
        requests.add(head);
        var target = head.split(" ", 3)[1];
        var raw = answers.getOrDefault(target.split("\\?", 2)[0], response(404, "", ""));
        if (raw.equals(UPGRADE)) {
          peers.add(WebSocketPeer.accept(socket, in, head));
          return;
        }
        in.readNBytes(contentLength(head));
        socket.getOutputStream().write(raw.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
      }
    } catch (IOException _) {
      // The client left.
    }
  }

  private static int contentLength(String head) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
        .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
        .findFirst()
        .orElse(0);
  }

  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    for (int read = in.read(); read >= 0; read = in.read()) {
      head.append((char) read);
      if (head.length() > 3 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
        return head.toString();
      }
    }
    return "";
  }
}
