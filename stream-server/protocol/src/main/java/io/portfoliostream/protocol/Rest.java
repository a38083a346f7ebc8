package io.portfoliostream.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
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

  /// The answer of `GET /api/market/clock`.
  ///
  /// @param isOpen whether the regular session runs
  /// @param nextOpen the next beginning of a regular session
  /// @param nextClose the next end of a regular session
  public record MarketClock(
      Session session, boolean isOpen, Instant nextOpen, Instant nextClose, Instant asOf) {
    /// A part of the trading day of United States equities.
    public enum Session {
      /// Before the regular session.
      @JsonProperty("pre")
      PRE,
      /// The regular session.
      @JsonProperty("core")
      CORE,
      /// After the regular session.
      @JsonProperty("post")
      POST,
      /// From the evening before a trading day to its morning.
      @JsonProperty("overnight")
      OVERNIGHT,
      /// No trading.
      @JsonProperty("closed")
      CLOSED
    }
  }

  /// The answer of `GET /api/assets`: the best matches first.
  public record Assets(Instant asOf, List<Asset> assets) {
    /// Something that is listed.
    ///
    /// @param assetClass the broker's word, such as `us_equity` or `crypto`
    public record Asset(
        String symbol,
        String name,
        @JsonProperty("class") String assetClass,
        String exchange,
        boolean tradable,
        boolean fractionable,
        boolean shortable) {}
  }

  /// The answer of `GET /api/quotes`, in the order of the question.
  public record Quotes(Instant asOf, List<Quote> quotes) {
    /// How the server gets a symbol's prices.
    public enum Source {
      /// As they are made.
      @JsonProperty("stream")
      STREAM,
      /// By asking every few seconds.
      @JsonProperty("poll")
      POLL
    }

    /// Last trade, bid and offer of a symbol.
    ///
    /// @param lastAt the exchange's time of the trade
    /// @param bid absent when nobody bids
    /// @param ask absent when nobody offers
    /// @param quotedAt the exchange's time of bid and offer
    /// @param readAt when the broker told it, absent when it was never asked
    /// @param stale whether the broker could not be asked just now: what is shown may be old
    /// @param halted whether the exchange stopped the trading
    public record Quote(
        String symbol,
        @Nullable BigDecimal last,
        @Nullable Instant lastAt,
        @Nullable BigDecimal bid,
        @Nullable BigDecimal bidSize,
        @Nullable BigDecimal ask,
        @Nullable BigDecimal askSize,
        @Nullable Instant quotedAt,
        @Nullable Instant readAt,
        boolean stale,
        Source source,
        boolean halted,
        @Nullable String haltReason,
        @Nullable Instant haltedSince) {}
  }

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
