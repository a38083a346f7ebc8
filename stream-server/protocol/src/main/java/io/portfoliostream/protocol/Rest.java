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

  /// The answer of `GET /api/portfolio/history`.
  ///
  /// @param asOf when the broker was asked
  /// @param baseValue what profit is counted from, where the broker tells it
  /// @param baseValueAsOf the day of `baseValue`, such as `2026-11-20`
  /// @param points oldest first; steps without a value are left out
  public record History(
      Instant asOf,
      String period,
      String timeframe,
      @Nullable BigDecimal baseValue,
      @Nullable String baseValueAsOf,
      List<Point> points) {
    /// The account's worth in a step.
    ///
    /// @param at the beginning of the step
    /// @param profitLossPercent in percent, with 2 decimals
    public record Point(
        Instant at,
        BigDecimal equity,
        @Nullable BigDecimal profitLoss,
        @Nullable BigDecimal profitLossPercent) {}
  }

  /// The answer of `DELETE /api/positions`: the closing orders, booked as queued up to `seq`.
  public record OrdersAccepted(List<OrderUpdate> orders, String epoch, long seq) {}

  /// The body of `PUT /api/broker-account`: keys or a token.
  ///
  /// @param environment `simulator`, `paper` or `live`, as far as this server knows it
  /// @param viewOnly whether no order shall be sent to it
  public record LinkAccount(
      @Nullable String environment,
      @Nullable String keyId,
      @Nullable String secret,
      @Nullable String oauthToken,
      @Nullable Boolean viewOnly) {
    @Override
    public String toString() {
      return "LinkAccount[environment=" + environment + ", keyId=" + keyId + "]";
    }
  }

  /// The answer of `GET` and `PUT /api/broker-account`; it never has a secret.
  ///
  /// @param environments where an account can be linked
  /// @param account absent while none is linked
  public record BrokerAccount(Set<String> environments, @Nullable Account account) {
    /// A linked account.
    ///
    /// @param kind `api_key` or `oauth`
    /// @param keyId the public half of the keys, absent for a token
    /// @param accountNumber the broker's, absent until it was asked
    /// @param trading how fresh what the broker tells of it is
    public record Account(
        String environment,
        String kind,
        @Nullable String keyId,
        @Nullable String accountNumber,
        boolean viewOnly,
        Instant since,
        Feeds.Feed trading) {}
  }

  /// What a comparison with the broker changed, and why.
  ///
  /// @param seq the event that changed it
  /// @param kind `order`, `execution`, `position`, `entry_price` or `cash`
  /// @param subject a symbol or an order id, empty for the account
  /// @param was as it was shown, absent for what was not shown
  /// @param cause `missed`, `outage`, `unexplained`, or what moved it: `traded`, `amended`,
  ///   `transfer`, `fee`, `dividend`, `interest`, `corporate_action`, `overnight`
  /// @param drift whether it is a fault, and not the way of the world
  public record Correction(
      long seq,
      String kind,
      String subject,
      @Nullable String was,
      @Nullable String became,
      String cause,
      boolean drift,
      Instant at) {}

  /// The answer of `GET /api/corrections`, newest first, and of `POST /api/positions/sync`.
  public record Corrections(String epoch, long seq, Instant asOf, List<Correction> corrections) {}

  /// The answer of `GET /api/admin/drift`: counts by kind and cause, and everyone's newest.
  public record Drift(List<Count> counts, List<Corrected> newest) {
    /// How often something was different, for a cause.
    public record Count(String kind, String cause, boolean drift, long count) {}

    /// Whose portfolio was corrected.
    public record Corrected(String userId, Correction correction) {}
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
