package io.portfoliostream.server.stream;

import io.portfoliostream.protocol.ClientMessage;
import io.portfoliostream.server.portfolio.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Metrics that can be asked.
public final class CountingMetrics implements StreamMetrics {
  final List<Integer> closedWith = new ArrayList<>();
  final List<Duration> marksDelivered = new ArrayList<>();
  final List<Duration> bookingsDelivered = new ArrayList<>();
  final List<Duration> roundTrips = new ArrayList<>();
  final List<ClientMessage.Report> reports = new ArrayList<>();
  final List<Delivery> deliveries = new ArrayList<>();
  final List<@Nullable Duration> returns = new ArrayList<>();
  int stayedAway;
  int received;
  int failures;
  int opened;
  long bytes;
  long changes;
  long updates;
  int slowConsumers;
  int replays;
  int snapshots;
  int mismatches;
  int malformed;
  int gaps;

  /// How many frames were about to reach a user who is not their owner.
  public int mismatches() {
    return mismatches;
  }

  /// How many answers were replays.
  public int replays() {
    return replays;
  }

  /// How many answers were snapshots.
  public int snapshots() {
    return snapshots;
  }

  /// How many holes were filled from the log.
  public int gaps() {
    return gaps;
  }

  /// How many clients read too slowly.
  public int slowConsumers() {
    return slowConsumers;
  }

  @Override
  public void opened() {
    opened++;
  }

  @Override
  public void closed(int code, Duration lived) {
    closedWith.add(code);
  }

  @Override
  public void written(FrameKind kind, int size) {
    bytes += size;
  }

  @Override
  public void delivered(FrameKind kind, Delivery delivery) {
    (kind == FrameKind.MARKS ? marksDelivered : bookingsDelivered).add(delivery.total());
    deliveries.add(delivery);
  }

  @Override
  public void conflated(long priceChanges, int positionUpdates) {
    changes += priceChanges;
    updates += positionUpdates;
  }

  @Override
  public void slowConsumer() {
    slowConsumers++;
  }

  @Override
  public void answered(boolean replayed) {
    replays += replayed ? 1 : 0;
    snapshots += replayed ? 0 : 1;
  }

  @Override
  public void ownerMismatch() {
    mismatches++;
  }

  @Override
  public void malformed() {
    malformed++;
  }

  @Override
  public void roundTrip(Duration duration) {
    roundTrips.add(duration);
  }

  @Override
  public void reported(UserId user, ClientMessage.Report report) {
    reports.add(report);
  }

  @Override
  public void received() {
    received++;
  }

  @Override
  public void failed() {
    failures++;
  }

  @Override
  public void returned(@Nullable Duration after) {
    returns.add(after);
  }

  @Override
  public void stayedAway() {
    stayedAway++;
  }

  @Override
  public void gapFilled() {
    gaps++;
  }
}
