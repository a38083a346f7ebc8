package io.portfoliostream.alpaca;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// An open position as the broker shows it.
///
/// @param assetId the same for `BTCUSD` here and `BTC/USD` on orders; empty when the broker leaves
///   it out
/// @param qty negative when short
/// @param qtyAvailable quantity not held by closing orders
/// @param costBasis total, negative when short
/// @param unrealizedPlpc a fraction, not percent
public record AlpacaPosition(
    String assetId,
    String symbol,
    String exchange,
    String assetClass,
    String side,
    BigDecimal qty,
    @Nullable BigDecimal qtyAvailable,
    BigDecimal avgEntryPrice,
    BigDecimal costBasis,
    @Nullable BigDecimal marketValue,
    @Nullable BigDecimal currentPrice,
    @Nullable BigDecimal lastdayPrice,
    @Nullable BigDecimal changeToday,
    @Nullable BigDecimal unrealizedPl,
    @Nullable BigDecimal unrealizedPlpc,
    @Nullable BigDecimal unrealizedIntradayPl,
    @Nullable BigDecimal unrealizedIntradayPlpc) {

  static AlpacaPosition read(Fields position) {
    return new AlpacaPosition(
        position.text("asset_id", ""),
        position.identifier("symbol"),
        position.text("exchange", ""),
        position.text("asset_class", ""),
        position.identifier("side"),
        position.decimal("qty"),
        position.decimalOrNull("qty_available"),
        position.decimal("avg_entry_price"),
        position.decimal("cost_basis"),
        position.decimalOrNull("market_value"),
        position.decimalOrNull("current_price"),
        position.decimalOrNull("lastday_price"),
        position.decimalOrNull("change_today"),
        position.decimalOrNull("unrealized_pl"),
        position.decimalOrNull("unrealized_plpc"),
        position.decimalOrNull("unrealized_intraday_pl"),
        position.decimalOrNull("unrealized_intraday_plpc"));
  }
}
