package io.portfoliostream.server.stream;

import io.portfoliostream.server.stream.Outbox.Offer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The only one who writes to a connection: takes what waits in its outbox, on a thread that is
/// there only while something waits.
///
/// Right before each write the frame's owner is compared with the connection's user: a frame of
/// anyone else is counted and never written, and the connection is cut.
final class Writer {
  private static final Logger LOG = System.getLogger(Writer.class.getName());

  private final Client client;
  private final Transport transport;
  private final StreamContext context;
  private final Supplier<@Nullable Duration> roundTrip;
  private final Outbox outbox;
  private volatile @Nullable Long writingSince;

  /// @param roundTrip of the last ping, absent before the first answer
  Writer(
      Client client,
      Transport transport,
      StreamContext context,
      Supplier<@Nullable Duration> roundTrip) {
    this.client = client;
    this.transport = transport;
    this.context = context;
    this.roundTrip = roundTrip;
    var bounds = context.settings().sending();
    this.outbox = new Outbox(bounds.bytes(), bounds.items());
  }

  Offer offer(Frame frame) {
    var offer = outbox.offer(frame);
    wake();
    return offer;
  }

  Frame.@Nullable Marks withdrawMarks() {
    return outbox.withdrawMarks();
  }

  /// Says the last word.
  ///
  /// @param discard whether what waits is dropped
  void finish(Frame.Close last, boolean discard) {
    outbox.finish(last, discard);
    wake();
  }

  /// Drops what waits and cuts the pipe.
  void kill() {
    outbox.shut();
    transport.kill();
  }

  /// Drops what waits; the pipe is gone.
  void shut() {
    outbox.shut();
  }

  /// Whether the present write has been blocked for `limit` or longer.
  boolean isStalled(Duration limit) {
    var since = writingSince;
    return since != null && context.nanos() - since >= limit.toNanos();
  }

  int waitingBytes() {
    return outbox.waitingBytes();
  }

  int waitingItems() {
    return outbox.waitingItems();
  }

  private void wake() {
    if (outbox.claim()) {
      context.work(this::drain);
    }
  }

  private void drain() {
    try {
      for (var frame = outbox.poll(); frame != null; frame = outbox.poll()) {
        if (!frame.owner().equals(client.user())) {
          context.metrics().ownerMismatch();
          LOG.log(
              Level.ERROR,
              "A frame of {0} was about to be written to {1}; connection {2} is cut",
              frame.owner(),
              client.user(),
              client.connectionId());
          kill();
          return;
        }
        writingSince = context.nanos();
        write(frame);
        writingSince = null;
      }
    } catch (IOException e) {
      LOG.log(
          Level.DEBUG, () -> "Writing to connection " + client.connectionId() + " failed: " + e);
      kill();
    } catch (RuntimeException e) {
      context.metrics().failed();
      LOG.log(Level.ERROR, "Writing to connection " + client.connectionId() + " failed", e);
      kill();
    } finally {
      writingSince = null;
    }
  }

  private void write(Frame frame) throws IOException {
    switch (frame) {
      case Frame.Text text -> {
        transport.write(text.utf8());
        written(text.kind(), text.utf8().length);
        if (text.trail() != null) {
          delivered(text.kind(), text.trail());
        }
      }
      case Frame.Marks marks -> {
        transport.write(marks.utf8());
        written(FrameKind.MARKS, marks.utf8().length);
        delivered(FrameKind.MARKS, marks.trail());
      }
      case Frame.Ping ping -> transport.ping(ping.payload());
      case Frame.Close close -> {
        transport.close(close.code().code(), close.reason());
        outbox.shut();
      }
    }
  }

  private void written(FrameKind kind, int bytes) {
    context.metrics().written(kind, bytes);
  }

  private void delivered(FrameKind kind, Trail trail) {
    context.metrics().delivered(kind, trail.written(context.now(), roundTrip.get()));
  }
}
