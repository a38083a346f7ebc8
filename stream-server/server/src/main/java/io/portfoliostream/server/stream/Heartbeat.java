package io.portfoliostream.server.stream;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// When to ping a client, and whether it is still there. Told from the connection's reading thread
/// and asked from the timer's.
final class Heartbeat {
  private final long intervalNanos;
  private final long timeoutNanos;
  private long nextPingAt;
  private volatile long heardAt;
  private volatile byte @Nullable [] pinged;
  private volatile @Nullable Duration roundTrip;

  /// Creates the heartbeat of a connection that was heard just now.
  ///
  /// @param firstPingAfter nanoseconds, so that the pings of many do not fall together
  Heartbeat(StreamSettings.Heartbeat settings, long now, long firstPingAfter) {
    this.intervalNanos = settings.interval().toNanos();
    this.timeoutNanos = settings.timeout().toNanos();
    this.nextPingAt = now + firstPingAfter;
    this.heardAt = now;
  }

  void heard(long now) {
    heardAt = now;
  }

  /// Whether nothing came for too long.
  boolean isSilent(long now) {
    return now - heardAt >= timeoutNanos;
  }

  /// The payload of the ping that is due, if one is.
  Optional<byte[]> due(long now) {
    if (now - nextPingAt < 0) {
      return Optional.empty();
    }
    nextPingAt = now + intervalNanos;
    var payload = ByteBuffer.allocate(Long.BYTES).putLong(now).array();
    pinged = payload;
    return Optional.of(payload);
  }

  /// How long until the next ping or the end of patience.
  Duration untilNext(long now) {
    var silentAt = heardAt + timeoutNanos;
    var next = nextPingAt - silentAt < 0 ? nextPingAt : silentAt;
    return Duration.ofNanos(Math.max(0, next - now));
  }

  /// The round trip that a pong proves, if it answers the last ping.
  Optional<Duration> pong(byte[] payload, long now) {
    var last = pinged;
    if (last == null || !Arrays.equals(last, payload)) {
      return Optional.empty();
    }
    pinged = null;
    var duration = Duration.ofNanos(now - ByteBuffer.wrap(last).getLong());
    roundTrip = duration;
    return Optional.of(duration);
  }

  @Nullable Duration roundTrip() {
    return roundTrip;
  }
}
