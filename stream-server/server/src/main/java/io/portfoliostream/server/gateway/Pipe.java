package io.portfoliostream.server.gateway;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.portfoliostream.server.stream.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The outbound half of a client's socket: whole pieces of bytes, one after the other.
///
/// A write blocks while the client does not read; [#kill] frees it from any thread. Until the
/// request has been answered, pieces wait behind the answer. After the last piece nothing more is
/// written, and the socket is cut when the client has not ended it within a grace period.
final class Pipe {
  private final ConnectionContext socket;
  private final Scheduler timer;
  private final Duration closeGrace;

  /// Held while writing: pieces never interleave.
  private final ReentrantLock turn = new ReentrantLock(true);

  private final Threads threads = new Threads();
  private final List<byte[]> waiting = new ArrayList<>();
  private boolean answered;
  private boolean closing;
  private Scheduler.@Nullable Task cut;

  Pipe(ConnectionContext socket, Scheduler timer, Duration closeGrace) {
    this.socket = socket;
    this.timer = timer;
    this.closeGrace = closeGrace;
  }

  /// Answers the request, and lets go what waited behind the answer.
  void answer(byte[] head) throws IOException {
    turn.lock();
    try {
      send(head);
      answered = true;
      for (var piece : waiting) {
        send(piece);
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

  void write(byte[] piece) throws IOException {
    turn.lock();
    try {
      if (closing) {
        throw new IOException("goodbye was said");
      }
      if (answered) {
        send(piece);
      } else {
        waiting.add(piece);
      }
    } finally {
      turn.unlock();
    }
  }

  /// Writes the last piece. Harmless when one was written already.
  void finish(byte[] last) {
    turn.lock();
    try {
      if (closing) {
        return;
      }
      write(last);
      closing = true;
      cut = timer.schedule(closeGrace, this::kill);
    } catch (IOException e) {
      kill();
    } finally {
      turn.unlock();
    }
  }

  /// Whether the last piece was written.
  boolean isClosing() {
    turn.lock();
    try {
      return closing;
    } finally {
      turn.unlock();
    }
  }

  /// Cuts the socket at once.
  void kill() {
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
