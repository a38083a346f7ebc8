package io.portfoliostream.ui.testkit;

import io.portfoliostream.protocol.AccountUpdate;
import io.portfoliostream.protocol.Feeds;
import io.portfoliostream.protocol.OrderSide;
import io.portfoliostream.protocol.OrderUpdate;
import io.portfoliostream.protocol.PositionSide;
import io.portfoliostream.protocol.PositionUpdate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Objects as the server would send them.
public final class Samples {
  /// A moment.
  public static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  /// Round figures.
  public static final AccountUpdate ACCOUNT =
      new AccountUpdate(
          new BigDecimal("100000"),
          new BigDecimal("200000"),
          new BigDecimal("50000.25"),
          new BigDecimal("100000"),
          new BigDecimal("-120.5"),
          new BigDecimal("-0.12"),
          NOON);

  /// Both sources deliver.
  public static final Feeds LIVE_FEEDS = new Feeds(feed(Feeds.State.LIVE), feed(Feeds.State.LIVE));

  private Samples() {}

  /// A long position entered at 100.
  public static PositionUpdate position(String symbol, String quantity, String price) {
    var shares = new BigDecimal(quantity);
    var last = new BigDecimal(price);
    var entry = new BigDecimal("100");
    var pnl = last.subtract(entry).multiply(shares);
    return new PositionUpdate(
        symbol,
        shares,
        last,
        entry,
        pnl,
        last.subtract(entry).setScale(2, RoundingMode.HALF_UP),
        last.multiply(shares),
        PositionSide.LONG,
        null,
        NOON,
        null,
        null,
        NOON,
        NOON);
  }

  /// A market buy of 5 AAPL.
  public static OrderUpdate order(
      String id, String status, String filled, @Nullable String average) {
    return new OrderUpdate(
        id,
        null,
        id,
        "AAPL",
        OrderSide.BUY,
        "market",
        "day",
        status,
        new BigDecimal("5"),
        null,
        new BigDecimal(filled),
        average == null ? null : new BigDecimal(average),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        NOON,
        null,
        null,
        null,
        null,
        NOON);
  }

  /// A source in a state since noon.
  public static Feeds.Feed feed(Feeds.State state) {
    return new Feeds.Feed(state, NOON, NOON.minusSeconds(40));
  }
}
