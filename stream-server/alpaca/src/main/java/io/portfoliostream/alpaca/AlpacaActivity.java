package io.portfoliostream.alpaca;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Something other than a trade that changed the account: money in or out, fees, dividends, splits.
///
/// @param id cursor for the next page: `yyyyMMddHHmmssSSS::uuid`, its date in New York time
/// @param type an open set: `CSD` and `CSW` (cash in, out), `JNLC` (journal), `FEE`, `CFEE` (crypto
///   fee), `DIV`, `INT`, `SPLIT`, …
/// @param date the day it counts for
/// @param netAmount money, negative when it left the account; null when none moved
/// @param qty shares or coins, negative when they left the account
/// @param status `executed`, or `correct` and `canceled` for one that amends an earlier one; an
///   open set
public record AlpacaActivity(
    String id,
    String type,
    String subtype,
    @Nullable LocalDate date,
    @Nullable Instant createdAt,
    @Nullable BigDecimal netAmount,
    @Nullable BigDecimal qty,
    @Nullable BigDecimal price,
    @Nullable BigDecimal perShareAmount,
    @Nullable String symbol,
    String status,
    String currency,
    String description) {

  static AlpacaActivity read(Fields activity) {
    return new AlpacaActivity(
        activity.identifier("id"),
        activity.identifier("activity_type"),
        activity.text("activity_sub_type", ""),
        activity.dateOrNull("date"),
        activity.instantOrNull("created_at"),
        activity.decimalOrNull("net_amount"),
        activity.decimalOrNull("qty"),
        activity.decimalOrNull("price"),
        activity.decimalOrNull("per_share_amount"),
        activity.textOrNull("symbol"),
        activity.text("status", ""),
        activity.text("currency", "USD"),
        activity.text("description", ""));
  }
}
