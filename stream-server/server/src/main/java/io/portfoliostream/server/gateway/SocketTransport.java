package io.portfoliostream.server.gateway;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.portfoliostream.server.stream.Scheduler;
import io.portfoliostream.server.stream.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The outbound half of a client's socket: whole frames, one after the other.
///
/// A write blocks while the client does not read; [#kill] frees it from any thread. Until the
/// upgrade has been answered, frames wait behind the answer. After a close frame nothing more is
/// written, and the socket is cut when the client has not ended it within a grace period.
final class SocketTransport implements Transport {
  private final ConnectionContext socket;
  private final Scheduler timer;
  private final Duration closeGrace;

  /// Held while writing: frames never interleave.
  private final ReentrantLock turn = new ReentrantLock(true);

  private final Threads threads = new Threads();
  private final List<byte[]> waiting = new ArrayList<>();
  private boolean upgraded;
  private boolean closing;
  private Scheduler.@Nullable Task cut;

  SocketTransport(ConnectionContext socket, Scheduler timer, Duration closeGrace) {
    this.socket = socket;
    this.timer = timer;
    this.closeGrace = closeGrace;
  }

  /// Answers the upgrade, and lets go what waited behind the answer.
  void upgraded(byte[] answer) throws IOException {
    turn.lock();
    try {
      send(answer);
      upgraded = true;
      for (var frame : waiting) {
        send(frame);
      }
      waiting.clear();
    } finally {
      turn.unlock();
    }
  }

  /// Names the thread that reads the socket, so that [#kill] ends it.
  void readBy(Thread reader) {
    threads.reader(reader);
  }

  @Override
  public void write(byte[] utf8) throws IOException {
    offer(Frames.text(utf8));
  }

  @Override
  public void ping(byte[] payload) throws IOException {
    offer(Frames.ping(payload));
  }

  void pong(byte[] payload) throws IOException {
    offer(Frames.pong(payload));
  }

  /// Says goodbye. Harmless when it was said already.
  @Override
  public void close(int code, String reason) {
    turn.lock();
    try {
      if (closing) {
        return;
      }
      offer(Frames.close(code, reason));
      closing = true;
      cut = timer.schedule(closeGrace, this::kill);
    } catch (IOException e) {
      kill();
    } finally {
      turn.unlock();
    }
  }

  /// Whether goodbye was said.
  boolean isClosing() {
    turn.lock();
    try {
      return closing;
    } finally {
      turn.unlock();
    }
  }

  /// Cuts the socket at once.
  @Override
  public void kill() {
    threads.interruptAll();
  }

  /// Whether the socket was cut.
  boolean isKilled() {
    return threads.areInterrupted();
  }

  /// Ends everything that is still to come; the socket itself is closed by its owner.
  void ended() {
    kill();
    turn.lock();
    try {
      closing = true;
      if (cut != null) {
        cut.cancel();
      }
    } finally {
      turn.unlock();
    }
  }

  private void offer(byte[] frame) throws IOException {
    turn.lock();
    try {
      if (closing) {
        throw new IOException("goodbye was said");
      }
      if (upgraded) {
        send(frame);
      } else {
        waiting.add(frame);
      }
    } finally {
      turn.unlock();
    }
  }

  private void send(byte[] bytes) throws IOException {
    threads.writing();
    try {
      socket.dataWriter().writeNow(BufferData.create(bytes));
    } catch (UncheckedIOException e) {
      throw new IOException("cannot write to the client", e);
    } finally {
      threads.written();
    }
  }

  /// The threads that may be blocked in this socket. Interrupting a virtual thread that reads or
  /// writes a socket closes the socket, which is what frees the others too.
  private static final class Threads {
    private boolean interrupted;
    private @Nullable Thread reader;
    private @Nullable Thread writer;

    synchronized void reader(Thread thread) {
      reader = thread;
      if (interrupted) {
        thread.interrupt();
      }
    }

    synchronized void writing() throws IOException {
      if (interrupted) {
        throw new IOException("the connection was cut");
      }
      writer = Thread.currentThread();
    }

    /// A thread that was interrupted only to be freed goes on without the mark.
    synchronized void written() {
      if (interrupted && writer == Thread.currentThread() && writer != reader) {
        var _ = Thread.interrupted();
      }
      writer = null;
    }

    synchronized void interruptAll() {
      interrupted = true;
      if (writer != null) {
        writer.interrupt();
      }
      if (reader != null) {
        reader.interrupt();
      }
    }

    synchronized boolean areInterrupted() {
      return interrupted;
    }
  }
}
