package io.portfoliostream.protocol;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The bodies of the REST calls; each read tells the position that it is true at.
public final class Rest {
  private Rest() {}

  /// The body of `POST /api/login`.
  public record Login(@Nullable String username, @Nullable String password) {
    @Override
    public String toString() {
      return "Login[username=" + username + "]";
    }
  }

  /// The answer of `GET /api/me`.
  public record Me(String userId, String username, Set<String> roles) {
    /// Refuses an answer with a field missing.
    public Me {
      requireNonNull(userId, "userId");
      requireNonNull(username, "username");
      roles = Set.copyOf(requireNonNull(roles, "roles"));
    }
  }

  /// The answer of `GET /api/portfolio`: all of it in one consistent read.
  ///
  /// @param asOf the server's time of the read
  public record Portfolio(String epoch, long seq, Instant asOf, Snapshot portfolio, Feeds feeds) {
    /// Refuses an answer with a field missing.
    public Portfolio {
      requireNonNull(epoch, "epoch");
      requireNonNull(asOf, "asOf");
      requireNonNull(portfolio, "portfolio");
      requireNonNull(feeds, "feeds");
    }
  }

  /// The answer of `GET /api/positions`.
  public record Positions(String epoch, long seq, Instant asOf, List<PositionUpdate> positions) {}

  /// The answer of `GET /api/orders`.
  public record Orders(String epoch, long seq, Instant asOf, List<OrderUpdate> orders) {}

  /// The answer of `GET /api/account`.
  public record Account(String epoch, long seq, Instant asOf, @Nullable AccountUpdate account) {}

  /// The answer of `GET /api/trades`.
  public record Trades(String epoch, long seq, Instant asOf, List<TradeExecuted> trades) {}

  /// The answer of `POST /api/orders`: booked as queued at `seq`.
  public record OrderAccepted(OrderUpdate order, String epoch, long seq) {}

  /// The answer of `GET /api/health`.
  ///
  /// @param status `up`, `degraded` or `draining`
  /// @param broker the broker connection, in a word
  public record Health(
      String status,
      Realtime realtime,
      Broker broker,
      String database,
      String bus,
      String version) {
    /// Whether clients may stream.
    public record Realtime(boolean enabled) {}

    /// What is known of the broker.
    ///
    /// @param environment `simulator`, `paper` or `live`
    public record Broker(String environment, String marketData) {}
  }

  /// The answer of `GET /api/stream/status`.
  public record StreamStatus(boolean realtimeEnabled, int limit, List<Connection> connections) {
    /// One of the user's own connections.
    public record Connection(String id, Instant since, @Nullable String address) {}
  }
}
