package io.portfoliostream.server.config;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which broker is traded with.
///
/// @param simulator where the simulator listens
/// @param symbolLimit how many symbols the market data plan streams
/// @param requestsPerMinute how many requests an account may make to the broker
/// @param key what the market data is read with; the first user's account too
public record BrokerConfig(
    Environment environment,
    URI simulator,
    Feed feed,
    int symbolLimit,
    int requestsPerMinute,
    @Nullable ApiKey key) {
  /// A limit that is none.
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /// What the free plan of Alpaca streams.
  private static final int FREE_PLAN = 30;

  /// Below the 200 that Alpaca allows.
  private static final int REQUESTS = 170;

  private static final int MOST_SYMBOLS = 100_000;

  /// The broker's environments.
  public enum Environment {
    /// The simulator that comes with this product.
    SIMULATOR,
    /// Play money at the real broker.
    PAPER,
    /// Real money.
    LIVE
  }

  /// The broker's market data plans.
  public enum Feed {
    /// One exchange; free.
    IEX,
    /// All exchanges; paid.
    SIP
  }

  /// A key pair of the broker.
  public record ApiKey(String id, Secret secret) {}

  static BrokerConfig parse(Settings read) {
    var environment = read.choice("BROKER", Environment.SIMULATOR);
    var key = key(read);
    if (environment != Environment.SIMULATOR && key.isEmpty()) {
      throw new BadSetting("ALPACA_KEY_ID", "must be set when BROKER is not simulator");
    }
    var feed = read.choice("ALPACA_FEED", Feed.IEX);
    var limited = environment != Environment.SIMULATOR && feed == Feed.IEX;
    return new BrokerConfig(
        environment,
        read.uri("SIMULATOR_URL", "http://127.0.0.1:8083"),
        feed,
        read.number("MARKET_DATA_SYMBOL_LIMIT", limited ? FREE_PLAN : UNLIMITED, 1, MOST_SYMBOLS),
        read.number("BROKER_REQUESTS_PER_MINUTE", REQUESTS, 30, 1_000_000),
        key.orElse(null));
  }

  private static Optional<ApiKey> key(Settings read) {
    var id = read.text("ALPACA_KEY_ID");
    var secret = read.secret("ALPACA_SECRET_KEY");
    if (id.isPresent() != secret.isPresent()) {
      throw new BadSetting(
          id.isPresent() ? "ALPACA_SECRET_KEY" : "ALPACA_KEY_ID",
          "must be set together with its counterpart");
    }
    return id.flatMap(name -> secret.map(value -> new ApiKey(name, value)));
  }
}
