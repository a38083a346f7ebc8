package io.portfoliostream.server.config;

import java.time.Duration;

/// How the stream behaves.
///
/// @param realtime whether clients may stream at all
/// @param connectionsPerUser on all nodes together
/// @param window how long price-driven updates of one key are collected
/// @param maxWait the longest that any of them waits
/// @param heartbeatInterval between two pings
/// @param heartbeatTimeout a client that was silent for this long is closed
public record StreamConfig(
    boolean realtime,
    int connectionsPerUser,
    Duration window,
    Duration maxWait,
    Duration heartbeatInterval,
    Duration heartbeatTimeout) {

  static StreamConfig parse(Settings read) {
    var window = read.millis("WINDOW_MS", 1_000, 10, 60_000);
    var maxWait = read.millis("MAX_WAIT_MS", 400, 1, 60_000);
    var interval = read.millis("HEARTBEAT_INTERVAL_MS", 15_000, 50, 600_000);
    var timeout = read.millis("HEARTBEAT_TIMEOUT_MS", 30_000, 100, 1_200_000);
    if (timeout.compareTo(interval) <= 0) {
      throw new BadSetting("HEARTBEAT_TIMEOUT_MS", "must be more than HEARTBEAT_INTERVAL_MS");
    }
    return new StreamConfig(
        read.flag("ENABLE_REALTIME_PORTFOLIO", true),
        read.number("MAX_CONNECTIONS_PER_USER", 5, 1, 1_000),
        window,
        maxWait,
        interval,
        timeout);
  }
}
