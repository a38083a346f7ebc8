package io.portfoliostream.server.stream;

import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Frames that wait to be written to one connection, in order.
///
/// Bounded in bytes and items however slow the connection is. One answer (a snapshot, which can be
/// larger than the bound) is let in whatever its size, as long as no other one waits. Marks that
/// wait can be taken back, to be rendered anew. Safe for one writer at a time, which [#claim]
/// appoints, and any number of others.
final class Outbox {
  private final int maxBytes;
  private final int maxItems;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Frame> queue = new ArrayDeque<>(4);
  private int bytes;
  private Frame.@Nullable Marks marks;
  private Frame.@Nullable Text answer;
  private boolean writing;
  private boolean closed;

  /// Creates an empty outbox.
  ///
  /// @param maxBytes that may wait
  /// @param maxItems that may wait
  Outbox(int maxBytes, int maxItems) {
    this.maxBytes = maxBytes;
    this.maxItems = maxItems;
  }

  /// What became of an offered frame.
  enum Offer {
    /// It waits behind the others.
    QUEUED,
    /// There was no room; the client is too slow and must be closed.
    OVERFLOWED,
    /// The last frame was offered before; nothing may follow it.
    CLOSED
  }

  /// Adds a frame.
  Offer offer(Frame frame) {
    lock.lock();
    try {
      if (closed) {
        return Offer.CLOSED;
      }
      var isFreeAnswer = isAnswer(frame) && answer == null;
      if (queue.size() >= maxItems || (!isFreeAnswer && bytes + frame.size() > maxBytes)) {
        return Offer.OVERFLOWED;
      }
      switch (frame) {
        case Frame.Text text when isFreeAnswer -> answer = text;
        case Frame.Marks latest -> {
          marks = latest;
          bytes += latest.size();
        }
        case Frame.Text _, Frame.Ping _, Frame.Close _ -> bytes += frame.size();
      }
      queue.addLast(frame);
      return Offer.QUEUED;
    } finally {
      lock.unlock();
    }
  }

  /// Takes back the marks that wait, if any do.
  Frame.@Nullable Marks withdrawMarks() {
    lock.lock();
    try {
      var waiting = marks;
      if (waiting != null) {
        queue.removeLastOccurrence(waiting);
        bytes -= waiting.size();
        marks = null;
      }
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  /// Adds the last frame; what is offered later is refused.
  ///
  /// @param discard whether what waits is dropped
  void finish(Frame.Close last, boolean discard) {
    lock.lock();
    try {
      if (!closed) {
        if (discard) {
          drop();
        }
        queue.addLast(last);
        bytes += last.size();
        closed = true;
      }
    } finally {
      lock.unlock();
    }
  }

  /// Drops everything and refuses what comes later.
  void shut() {
    lock.lock();
    try {
      drop();
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  /// Whether the caller must see to it that a writer polls until nothing is left: something waits
  /// and nobody writes.
  boolean claim() {
    lock.lock();
    try {
      if (writing || queue.isEmpty()) {
        return false;
      }
      writing = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// The next frame for the appointed writer; when there is none its appointment ends.
  @Nullable Frame poll() {
    lock.lock();
    try {
      var frame = queue.pollFirst();
      if (frame == null) {
        writing = false;
      } else if (frame.equals(answer)) {
        answer = null;
      } else {
        bytes -= frame.size();
        marks = frame.equals(marks) ? null : marks;
      }
      return frame;
    } finally {
      lock.unlock();
    }
  }

  /// Bytes that wait, a free answer included.
  int waitingBytes() {
    lock.lock();
    try {
      return bytes + (answer == null ? 0 : answer.size());
    } finally {
      lock.unlock();
    }
  }

  /// Frames that wait.
  int waitingItems() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  private void drop() {
    queue.clear();
    bytes = 0;
    marks = null;
    answer = null;
  }

  private static boolean isAnswer(Frame frame) {
    return frame instanceof Frame.Text text && text.kind() == FrameKind.ANSWER;
  }
}
