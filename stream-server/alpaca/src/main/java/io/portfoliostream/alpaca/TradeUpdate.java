package io.portfoliostream.alpaca;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One message of the trading stream: what happened, and the whole order afterwards.
///
/// @param event the broker's word, an open set: `new`, `fill`, `canceled`, …
/// @param eventId ULID, increasing; orders events, but does not show gaps
/// @param at when the broker published the event
/// @param timestamp when it happened; where the broker leaves it out, the next best of `at`, the
///   order's last change and `receivedAt`
/// @param execution present on fills, busts and corrections
/// @param reason why the broker canceled, busted or refused to cancel or replace: an open set such
///   as `CORPORATE_ACTION`, `TOO_LATE_TO_CANCEL`, `TRADE_BUST`
/// @param raw the message as it came, cut after 64 KiB
/// @param receivedAt by our clock, which must not be compared with the broker's
public record TradeUpdate(
    String event,
    @Nullable String eventId,
    @Nullable Instant at,
    Instant timestamp,
    AlpacaOrder order,
    @Nullable AlpacaExecution execution,
    @Nullable String reason,
    String raw,
    Instant receivedAt) {

  static TradeUpdate read(Fields update, String raw, Instant receivedAt) {
    var event = update.identifier("event");
    var at = update.instantOrNull("at");
    var order = AlpacaOrder.read(update.object("order"));
    return new TradeUpdate(
        event,
        update.textOrNull("event_id"),
        at,
        firstOf(receivedAt, update.instantOrNull("timestamp"), at, order.updatedAt()),
        order,
        AlpacaExecution.read(event, update),
        update.textOrNull("reason"),
        raw,
        receivedAt);
  }

  private static Instant firstOf(Instant otherwise, @Nullable Instant... candidates) {
    for (var candidate : candidates) {
      if (candidate != null) {
        return candidate;
      }
    }
    return otherwise;
  }
}
