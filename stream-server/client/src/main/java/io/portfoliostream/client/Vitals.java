package io.portfoliostream.client;

import io.portfoliostream.protocol.ClientMessage;
import io.portfoliostream.protocol.ClientMessage.Report;
import io.portfoliostream.protocol.Pong;
import io.portfoliostream.protocol.ServerMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Measures a live connection: round trip, the two clocks' difference, how old changes are when
/// they are applied; and reports it to the server. Owned by the mailbox.
final class Vitals {
  private static final int SUMMARY_EVERY = 16;

  private final Core core;
  private final Consumer<ClientMessage> send;
  private final Alarm ping;
  private final Alarm report;
  private final Latencies all = new Latencies();
  private final Latencies sinceReport = new Latencies();

  private long pings;
  private @Nullable Sent sent;
  private @Nullable Offset offset;
  private long driftReported;
  private @Nullable String fallback;

  Vitals(Core core, Consumer<ClientMessage> send) {
    this.core = core;
    this.send = send;
    this.ping = core.alarm(this::ping);
    this.report = core.alarm(this::report);
  }

  void start() {
    sent = null;
    // Another node may have another clock.
    offset = null;
    ping();
    report.set(core.settings().checks().report());
  }

  void stop() {
    ping.cancel();
    report.cancel();
  }

  /// The next report tells why the client polled.
  void fellBack(String reason) {
    fallback = reason;
  }

  void pong(Pong pong) {
    var asked = sent;
    if (asked == null || !asked.id().equals(pong.id())) {
      return;
    }
    sent = null;
    var roundTrip = Duration.ofNanos(core.timers().nanoTime() - asked.nanos());
    core.tally().roundTrip = roundTrip;
    var known = offset;
    // The quickest exchange tells the clocks' difference best; an old one is worth less each time.
    if (known == null || roundTrip.compareTo(known.trust()) <= 0) {
      var middle = asked.at().plus(roundTrip.dividedBy(2));
      offset = new Offset(Duration.between(middle, pong.serverTime()), roundTrip);
    } else {
      offset = new Offset(known.ahead(), known.trust().multipliedBy(5).dividedBy(4));
    }
  }

  /// A message with changes was applied just now.
  void applied(ServerMessage message) {
    var known = offset;
    if (known == null) {
      return;
    }
    var serverNow = core.clock().instant().plus(known.ahead());
    var latency = Duration.between(message.timestamp(), serverNow);
    all.add(latency);
    sinceReport.add(latency);
    if (all.count() % SUMMARY_EVERY == 1) {
      core.tally().latency = all.summary();
    }
  }

  private void ping() {
    pings++;
    var asked = new Sent(Long.toString(pings), core.timers().nanoTime(), core.clock().instant());
    sent = asked;
    send.accept(new ClientMessage.Ping(asked.id()));
    ping.set(core.settings().checks().ping());
  }

  private void report() {
    report.set(core.settings().checks().report());
    core.tally().latency = all.summary();
    var summary = sinceReport.summary();
    long drift = core.tally().drift() - driftReported;
    if (summary == null && drift == 0 && fallback == null) {
      return;
    }
    send.accept(
        new Report(
            summary == null ? null : rendered(summary), drift == 0 ? null : drift, fallback));
    driftReported += drift;
    fallback = null;
    sinceReport.clear();
  }

  private static Report.Rendered rendered(ClientCounters.Latency summary) {
    return new Report.Rendered(
        summary.count(),
        summary.p50().toMillis(),
        summary.p95().toMillis(),
        summary.p99().toMillis());
  }

  private record Sent(String id, long nanos, Instant at) {}

  /// @param ahead the server's clock minus ours
  /// @param trust the round trip that it was measured with, growing with its age
  private record Offset(Duration ahead, Duration trust) {}
}
