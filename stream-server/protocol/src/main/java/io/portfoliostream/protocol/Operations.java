package io.portfoliostream.protocol;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The bodies of the calls by which administrators steer and watch a server.
public final class Operations {
  private Operations() {}

  /// The body of `POST /api/admin/realtime`; what is absent stays as it is.
  ///
  /// @param percent of the users who may stream, 0 to 100
  public record RealtimeWish(@Nullable Boolean enabled, @Nullable Integer percent) {}

  /// The answer of `GET` and `POST /api/admin/realtime`.
  ///
  /// @param percent of the users who may stream while real time is enabled
  /// @param changedBy the administrator's user id, absent before the first change
  public record Realtime(
      boolean enabled, int percent, Instant changedAt, @Nullable String changedBy) {
    /// Refuses an answer with a field missing.
    public Realtime {
      requireNonNull(changedAt, "changedAt");
    }
  }

  /// The answer of `POST /api/admin/users/{id}/disconnect`.
  ///
  /// @param connections how many the user held, on all nodes together
  public record Disconnected(String userId, int connections) {}

  /// The answer of `POST /api/admin/drain`.
  ///
  /// @param connections that this node will let go
  /// @param withinMs the longest time until the node ends
  public record Draining(String node, int connections, long withinMs) {}

  /// The answer of `GET /api/admin/alerts`: every rule, whether it fires or not.
  public record Alerts(String node, Instant asOf, List<Alert> alerts) {}

  /// Where an alert stands.
  ///
  /// @param severity `warning` or `critical`
  /// @param state `inactive` (not since the start), `firing` or `resolved`
  /// @param since when it entered that state
  /// @param summary what the value is
  /// @param value at the last look, absent while it cannot be told
  /// @param threshold it fires above
  public record Alert(
      String name,
      String severity,
      String state,
      Instant since,
      String summary,
      @Nullable Double value,
      double threshold) {}

  /// What is posted to the webhook when an alert fires or is resolved: the alert of a node.
  public record AlertNotice(
      String node,
      String name,
      String severity,
      String state,
      Instant since,
      String summary,
      @Nullable Double value,
      double threshold) {}

  /// The answer of `GET /api/admin/websocket-stats`, for this node. Counts run since its start;
  /// timings and rates are of the last `windowSeconds`.
  public record Stats(
      String node,
      Instant asOf,
      long windowSeconds,
      Connections connections,
      Delivery delivery,
      Messages messages,
      Outboxes outboxes,
      Clients clients,
      Sources sources,
      Memory memory,
      Cohorts realtime) {}

  /// How long something took, in milliseconds.
  ///
  /// @param p50 the median; the figures are absent for nothing
  public record Timing(
      long count, @Nullable Double p50, @Nullable Double p95, @Nullable Double p99) {}

  /// Connections (REQ-14).
  ///
  /// @param disconnects ends by close code; 1006 is an end without a close frame
  /// @param disconnectsPerMinute all ends within the last minute
  /// @param unexpectedDisconnectsPerMinute those that neither users nor administrators wanted
  /// @param disconnectsPerUserPerDay the unexpected ones since the start, absent before anyone came
  /// @param refusals upgrades that were refused, by reason
  /// @param upgradeSuccessRate part of all upgrades that became connections, absent before the
  ///   first
  /// @param lifetime of the connections that ended
  public record Connections(
      long active,
      long users,
      long opened,
      Map<String, Long> disconnects,
      long disconnectsPerMinute,
      long unexpectedDisconnectsPerMinute,
      @Nullable Double disconnectsPerUserPerDay,
      Map<String, Long> refusals,
      @Nullable Double upgradeSuccessRate,
      Timing lifetime,
      Reconnects reconnects) {}

  /// Clients whose connection was lost.
  ///
  /// @param inTime came back within 30 s
  /// @param tooLate did not
  /// @param successRate the part that came back in time, absent before any was lost
  public record Reconnects(long inTime, long tooLate, @Nullable Double successRate, Timing after) {}

  /// Event delivery latency (REQ-15), by kind of message: `sequenced` or `marks`.
  ///
  /// @param written from the arrival at the server to the socket
  /// @param client the same plus half the round trip
  /// @param applied until clients had applied it, as they report
  /// @param stages the parts, as `sequenced.intake`
  public record Delivery(
      Map<String, Timing> written,
      Map<String, Timing> client,
      Timing applied,
      Timing roundTrip,
      Map<String, Timing> stages) {}

  /// What was said.
  ///
  /// @param written frames by kind
  /// @param bytes of them
  /// @param conflationRatio price changes for each position update that was made of them
  /// @param faults our own, while messages were made, written or read
  public record Messages(
      Map<String, Long> written,
      Map<String, Long> bytes,
      long received,
      long malformed,
      long priceChanges,
      long positionUpdates,
      @Nullable Double conflationRatio,
      long replays,
      long snapshots,
      long gapsFilled,
      long ownerMismatches,
      long faults) {}

  /// What waits to be written.
  public record Outboxes(long waitingBytes, long largestBytes, long slowConsumers) {}

  /// What clients report.
  ///
  /// @param drift differences that they found and repaired
  /// @param fallbacks times that they fell back to polling, by reason
  /// @param fallbackRate of them for each connection that was opened, absent before the first
  public record Clients(long drift, Map<String, Long> fallbacks, @Nullable Double fallbackRate) {}

  /// The broker and the work queue.
  ///
  /// @param lastEventSeconds since any account's stream was last heard
  /// @param quietestSeconds since the quietest account's stream was last heard
  /// @param lastPriceSeconds absent before the first price
  /// @param drift differences from the broker that comparisons found
  public record Sources(
      boolean marketOpen,
      double lastEventSeconds,
      double quietestSeconds,
      @Nullable Double lastPriceSeconds,
      long drift,
      long queueWaiting,
      long queueFailed,
      long queueOldestSeconds) {}

  /// The heap.
  ///
  /// @param liveBytes after the last collection of long-lived objects, absent before the first
  public record Memory(long heapUsedBytes, long heapMaxBytes, @Nullable Long liveBytes) {}

  /// The roll-out and its cohorts.
  ///
  /// @param streamingUsers who may stream and asked for something lately
  /// @param pollingUsers who may not, and did
  public record Cohorts(
      boolean enabled,
      int percent,
      long streamingUsers,
      long pollingUsers,
      long streamingRequests,
      long pollingRequests) {}
}
