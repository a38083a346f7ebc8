package io.portfoliostream.alpaca;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// The money side of a trading account.
///
/// @param status `ACTIVE` when it can trade
/// @param lastEquity equity at the close of the previous trading day
/// @param balanceAsOf the day of `lastEquity`
public record AlpacaAccount(
    String id,
    String accountNumber,
    String status,
    String currency,
    BigDecimal cash,
    BigDecimal equity,
    BigDecimal lastEquity,
    BigDecimal buyingPower,
    @Nullable BigDecimal regtBuyingPower,
    @Nullable BigDecimal nonMarginableBuyingPower,
    @Nullable BigDecimal longMarketValue,
    @Nullable BigDecimal shortMarketValue,
    @Nullable BigDecimal initialMargin,
    @Nullable BigDecimal maintenanceMargin,
    @Nullable BigDecimal multiplier,
    @Nullable BigDecimal accruedFees,
    boolean shortingEnabled,
    boolean tradingBlocked,
    boolean accountBlocked,
    @Nullable Instant createdAt,
    @Nullable LocalDate balanceAsOf) {

  static AlpacaAccount read(Fields account) {
    return new AlpacaAccount(
        account.identifier("id"),
        account.text("account_number", ""),
        account.text("status"),
        account.text("currency", "USD"),
        account.decimal("cash"),
        account.decimal("equity"),
        account.decimal("last_equity"),
        account.decimal("buying_power"),
        account.decimalOrNull("regt_buying_power"),
        account.decimalOrNull("non_marginable_buying_power"),
        account.decimalOrNull("long_market_value"),
        account.decimalOrNull("short_market_value"),
        account.decimalOrNull("initial_margin"),
        account.decimalOrNull("maintenance_margin"),
        account.decimalOrNull("multiplier"),
        account.decimalOrNull("accrued_fees"),
        account.flag("shorting_enabled"),
        account.flag("trading_blocked"),
        account.flag("account_blocked"),
        account.instantOrNull("created_at"),
        account.dateOrNull("balance_asof"));
  }
}
