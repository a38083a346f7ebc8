package io.portfoliostream.client;

import io.portfoliostream.protocol.AccountUpdate;
import io.portfoliostream.protocol.BatchUpdate;
import io.portfoliostream.protocol.Channel;
import io.portfoliostream.protocol.Feeds;
import io.portfoliostream.protocol.OrderSide;
import io.portfoliostream.protocol.OrderUpdate;
import io.portfoliostream.protocol.Payload;
import io.portfoliostream.protocol.PositionSide;
import io.portfoliostream.protocol.PositionUpdate;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.protocol.ServerMessage;
import io.portfoliostream.protocol.Snapshot;
import io.portfoliostream.protocol.Subscribed;
import io.portfoliostream.protocol.TradeExecuted;
import io.portfoliostream.protocol.Welcome;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Objects and messages to test with.
final class Samples {
  static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  static final String EPOCH = "e1";
  static final String USER = "u1";
  static final Feeds LIVE_FEEDS =
      new Feeds(
          new Feeds.Feed(Feeds.State.LIVE, NOON, NOON),
          new Feeds.Feed(Feeds.State.LIVE, NOON, NOON));
  static final Snapshot NOTHING = new Snapshot(List.of(), null, List.of(), List.of());

  private Samples() {}

  static BigDecimal d(String text) {
    return new BigDecimal(text);
  }

  static PositionUpdate position(String symbol, String quantity, String price) {
    return position(symbol, quantity, price, NOON);
  }

  static PositionUpdate position(String symbol, String quantity, String price, Instant priceAt) {
    return new PositionUpdate(
        symbol,
        d(quantity),
        d(price),
        d("100"),
        d("0"),
        d("0"),
        d(quantity).multiply(d(price)),
        PositionSide.LONG,
        null,
        NOON,
        null,
        null,
        priceAt,
        priceAt);
  }

  static OrderUpdate order(String id, String status, String filled) {
    return order(id, status, filled, NOON);
  }

  static OrderUpdate order(String id, String status, String filled, Instant submittedAt) {
    return new OrderUpdate(
        id,
        null,
        "c-" + id,
        "AAPL",
        OrderSide.BUY,
        "market",
        "day",
        status,
        d("10"),
        null,
        d(filled),
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
        null,
        submittedAt,
        null,
        null,
        null,
        null,
        submittedAt);
  }

  static TradeExecuted trade(String id, Instant at) {
    return new TradeExecuted(
        id, "o-1", "b-1", "AAPL", OrderSide.BUY, d("1"), d("100"), null, at, null, null);
  }

  static AccountUpdate account(String cash, String equity) {
    return account(cash, equity, NOON);
  }

  static AccountUpdate account(String cash, String equity, Instant at) {
    return new AccountUpdate(d(equity), d("5000"), d(cash), d(equity), d("0"), d("0"), at);
  }

  static BatchUpdate batch(PositionUpdate... positions) {
    return new BatchUpdate(List.of(positions), null, null, null, 0);
  }

  static ServerMessage message(long prevSeq, long seq, Payload data) {
    return new ServerMessage(NOON, USER, prevSeq, seq, data);
  }

  static ServerMessage welcome(String epoch, long seq) {
    return message(
        seq,
        seq,
        new Welcome(
            "conn-1",
            1,
            epoch,
            seq,
            "node-1",
            new Welcome.Heartbeat(15_000, 30_000),
            new Welcome.Conflation(1000, 400, 60_000),
            new Welcome.Limits(65_536, 20),
            LIVE_FEEDS));
  }

  static ServerMessage snapshot(String epoch, long seq, Snapshot snapshot) {
    return message(seq, seq, subscribed(epoch, seq, false, snapshot, null));
  }

  static ServerMessage replay(String epoch, long seq, ServerMessage... steps) {
    return message(seq, seq, subscribed(epoch, seq, true, null, List.of(steps)));
  }

  static Subscribed subscribed(
      String epoch,
      long seq,
      boolean recovered,
      @Nullable Snapshot snapshot,
      @Nullable List<ServerMessage> replay) {
    return new Subscribed(
        EnumSet.allOf(Channel.class),
        null,
        1000,
        recovered,
        epoch,
        seq,
        LIVE_FEEDS,
        snapshot,
        replay);
  }

  static Snapshot snapshotOf(PositionUpdate... positions) {
    return new Snapshot(List.of(positions), account("1000", "2000"), List.of(), List.of());
  }

  static Rest.Portfolio rest(String epoch, long seq, Snapshot snapshot) {
    return new Rest.Portfolio(epoch, seq, NOON, snapshot, LIVE_FEEDS);
  }
}
