package io.portfoliostream.alpaca;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A WebSocket server on a raw socket, so that tests decide about every frame and every refusal.
final class FakeStreamServer implements AutoCloseable {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final ServerSocket server;
  private final Thread acceptor;
  private final BlockingQueue<FakePeer> peers = new LinkedBlockingQueue<>();
  private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
  private final Queue<CountDownLatch> delays = new ConcurrentLinkedQueue<>();

  private final Semaphore delayed = new Semaphore(0);

  FakeStreamServer() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    acceptor = Thread.ofVirtual().start(this::acceptAll);
  }

  URI uri() {
    return URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/stream");
  }

  /// Answers the next handshake with a status and perhaps a header instead of an upgrade.
  void refuseNext(String status, String... headers) {
    refusals.add("HTTP/1.1 " + status + "\r\n" + String.join("\r\n", headers));
  }

  /// Lets the next handshake wait for its answer until the latch opens.
  CountDownLatch delayNext() {
    var latch = new CountDownLatch(1);
    delays.add(latch);
    return latch;
  }

  /// Returns when a handshake waits for its answer.
  void awaitDelayed() throws InterruptedException {
    if (!delayed.tryAcquire(10, TimeUnit.SECONDS)) {
      throw new AssertionError("no handshake");
    }
  }

  /// The next connection that came about.
  FakePeer accept() throws InterruptedException {
    var peer = peers.poll(10, TimeUnit.SECONDS);
    if (peer == null) {
      throw new AssertionError("no connection");
    }
    return peer;
  }

  boolean hasConnection() {
    return !peers.isEmpty();
  }

  /// Returns when no connection can come about any more: the port stays open until the acceptor has
  /// noticed.
  @Override
  public void close() {
    try {
      server.close();
      acceptor.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void acceptAll() {
    try {
      while (true) {
        var socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException _) {
      // The server is closed.
    }
  }

  private void serve(Socket socket) {
    try {
      var key = readKey(socket);
      var delay = delays.poll();
      if (delay != null) {
        delayed.release();
        delay.await();
      }
      var refusal = refusals.poll();
      if (refusal != null) {
        try (socket) {
          write(socket, refusal.strip() + "\r\nContent-Length: 0\r\n\r\n");
        }
        return;
      }
      write(
          socket,
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Accept: %s\r\n\r\n".formatted(accept(key)));
      var peer = new FakePeer(socket);
      peers.add(peer);
      peer.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static String readKey(Socket socket) throws IOException {
    var reader =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII), 1);
    var key = "";
    for (var line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:")) {
        key = line.substring(line.indexOf(':') + 1).strip();
      }
    }
    return key;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static String accept(String key) {
    try {
      var digest = MessageDigest.getInstance("SHA-1");
      var hash = digest.digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
