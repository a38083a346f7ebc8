package io.portfoliostream.simulator.edge;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.portfoliostream.simulator.faults.Line;
import io.portfoliostream.simulator.faults.Wire;
import io.portfoliostream.simulator.stream.Peer;
import io.portfoliostream.simulator.stream.Timer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What waits to be written to one WebSocket, and the thread that writes it while there is
/// anything.
///
/// The web server's own send is not safe for several threads and may block for ever, so whole
/// frames go to the connection's writer from one thread at a time, and a client that takes too
/// little is cut. Safe for use by several threads.
final class SocketPeer implements Peer, Wire {
  private static final Logger LOG = System.getLogger(SocketPeer.class.getName());
  private static final long MOST_WAITING = 8L << 20;
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  private final ReentrantLock lock = new ReentrantLock();
  private final ConnectionContext context;
  private final FrameKind kind;
  private final Runnable reset;
  private final Executor threads;
  private final Timer timer;
  private final Deque<byte[]> frames = new ArrayDeque<>();
  private final CompletableFuture<Boolean> goodbye = new CompletableFuture<>();
  private long waiting;
  private boolean closing;
  private boolean farewell;
  private boolean gone;
  private boolean draining;
  private volatile @Nullable Line line;
  private @Nullable Thread drainer;
  private @Nullable ServerConnection connection;

  /// A peer for a connection that is about to be upgraded.
  ///
  /// @param reset ends the connection's socket by a reset
  SocketPeer(
      ConnectionContext context, FrameKind kind, Runnable reset, Executor threads, Timer timer) {
    this.context = context;
    this.kind = kind;
    this.reset = reset;
    this.threads = threads;
    this.timer = timer;
  }

  @Override
  public void send(byte[] message) {
    var meets = line;
    if (meets == null) {
      offer(Frames.message(kind, message), false);
    } else if (!meets.losesMessage()) {
      offer(frames(message, meets), false);
    }
  }

  @Override
  public void write(byte[] payload, boolean binary) {
    offer(Frames.message(binary ? FrameKind.BINARY : FrameKind.TEXT, payload), false);
  }

  @Override
  public void close(int code, String reason) {
    offer(Frames.close(code, reason), true);
    timer.after(GOODBYE, this::cut);
  }

  @Override
  public void reset() {
    reset.run();
    cut();
  }

  /// Completes when a goodbye was written, or there is nobody left to write it to.
  CompletableFuture<Boolean> goodbye() {
    return goodbye;
  }

  @Override
  public void cut() {
    Thread writing;
    ServerConnection open;
    lock.lock();
    try {
      closing = true;
      frames.clear();
      waiting = 0;
      writing = drainer;
      open = gone ? null : connection;
    } finally {
      lock.unlock();
    }
    goodbye.complete(false);
    if (writing != null && writing != Thread.currentThread()) {
      writing.interrupt();
    }
    if (open != null) {
      open.close(true);
    }
  }

  void pong(byte[] payload) {
    var meets = line;
    if (meets == null || !meets.losesPong()) {
      offer(Frames.pong(payload), false);
    }
  }

  /// Says which faults this connection meets.
  void meet(Line met) {
    line = met;
  }

  /// Whether this side said goodbye or ended the connection on purpose.
  boolean saidGoodbye() {
    lock.lock();
    try {
      return farewell;
    } finally {
      lock.unlock();
    }
  }

  /// Says which connection to end when this is to be cut.
  void attach(ServerConnection opened) {
    lock.lock();
    try {
      connection = opened;
    } finally {
      lock.unlock();
    }
  }

  /// The connection is over.
  void gone() {
    lock.lock();
    try {
      gone = true;
    } finally {
      lock.unlock();
    }
    cut();
  }

  private void offer(byte[] frame, boolean last) {
    boolean overflow;
    lock.lock();
    try {
      if (closing) {
        return;
      }
      closing = last;
      farewell = last;
      overflow = waiting + frame.length > MOST_WAITING;
      if (!overflow) {
        frames.add(frame);
        waiting += frame.length;
        drain();
      }
    } finally {
      lock.unlock();
    }
    if (overflow) {
      LOG.log(Level.WARNING, "{0} reads too slowly and is cut", context.remotePeer().address());
      cut();
    }
  }

  private byte[] frames(byte[] message, Line meets) {
    return switch (meets.framing()) {
      case USUAL -> Frames.message(kind, message);
      case TEXT -> Frames.message(FrameKind.TEXT, message);
      case BINARY -> Frames.message(FrameKind.BINARY, message);
      case FRAGMENTED -> Frames.fragments(kind, message);
    };
  }

  private void drain() {
    if (!draining) {
      draining = true;
      threads.execute(this::writeAll);
    }
  }

  private void writeAll() {
    for (byte[] frame = next(); frame.length > 0; frame = next()) {
      try {
        context.dataWriter().writeNow(BufferData.create(frame));
      } catch (RuntimeException e) {
        LOG.log(Level.DEBUG, "a stream could not be written to", e);
        cut();
      }
    }
  }

  /// The next frame; empty, and the thread released, when there is none.
  private byte[] next() {
    lock.lock();
    try {
      byte[] frame = frames.poll();
      if (frame == null) {
        draining = false;
        drainer = null;
        if (closing) {
          goodbye.complete(true);
        }
        return new byte[0];
      }
      waiting -= frame.length;
      drainer = Thread.currentThread();
      return frame;
    } finally {
      lock.unlock();
    }
  }
}
