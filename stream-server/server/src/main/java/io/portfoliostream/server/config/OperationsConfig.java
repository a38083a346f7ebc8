package io.portfoliostream.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How the node is watched, and how it leaves.
///
/// @param alertWebhook where alerts are posted to, absent for nowhere; a secret, since whoever
///   knows it may post there
/// @param drainNotice how long health checks are told before the first connection is closed
/// @param drainSpread within which the connections are closed
public record OperationsConfig(
    @Nullable Secret alertWebhook, Duration drainNotice, Duration drainSpread) {
  private static final String WEBHOOK = "ALERT_WEBHOOK_URL";

  static OperationsConfig parse(Settings read) {
    return new OperationsConfig(
        read.secret(WEBHOOK).map(OperationsConfig::checked).orElse(null),
        read.millis("DRAIN_NOTICE_MS", 1_000, 0, 60_000),
        read.millis("DRAIN_MS", 4_000, 0, 600_000));
  }

  /// The message must not show it.
  private static Secret checked(Secret address) {
    try {
      var uri = new URI(address.value().strip());
      if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
        return address;
      }
    } catch (URISyntaxException _) {
      // Told below, without what it says of the address.
    }
    throw new BadSetting(WEBHOOK, "must be an address that starts with http:// or https://");
  }
}
