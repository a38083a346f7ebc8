package io.portfoliostream.simulator.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portfoliostream.simulator.broker.AccountBook;
import io.portfoliostream.simulator.broker.AccountSheet;
import java.time.LocalDate;

/// The account object.
public final class AccountJson {
  private AccountJson() {}

  /// The account with its figures.
  ///
  /// @param asOf the trading day of which the `last_` figures are
  public static ObjectNode of(
      AccountBook book, AccountSheet sheet, boolean mayShort, LocalDate asOf) {
    var profile = book.profile();
    var json = Json.object().put("id", profile.id().toString());
    json.set("admin_configurations", Json.object());
    json.putNull("user_configurations")
        .put("account_number", profile.number())
        .put("status", "ACTIVE")
        .put("crypto_status", "ACTIVE")
        .put("options_approved_level", 0)
        .put("options_trading_level", 0)
        .put("currency", "USD");
    buyingPower(json, sheet);
    json.put("cash", Json.money(sheet.cash()))
        .put("accrued_fees", "0")
        .put("portfolio_value", Json.money(sheet.equity()))
        .put("trading_blocked", false)
        .put("transfers_blocked", false)
        .put("account_blocked", false)
        .put("created_at", profile.createdAt().toString())
        .put("trade_suspended_by_user", book.settings().suspended())
        .put("multiplier", Integer.toString(book.multiplier()))
        .put("shorting_enabled", mayShort);
    values(json, sheet);
    json.put("balance_asof", asOf.toString())
        .put("crypto_tier", 1)
        .put("intraday_adjustments", "0")
        .put("pending_reg_taf_fees", "0");
    return json;
  }

  private static void buyingPower(ObjectNode json, AccountSheet sheet) {
    var power = Json.money(sheet.buyingPower());
    json.put("buying_power", power)
        .put("regt_buying_power", Json.money(sheet.overnightBuyingPower()))
        .put("effective_buying_power", power)
        .put("non_marginable_buying_power", Json.money(sheet.cashBuyingPower()))
        .put("options_buying_power", Json.money(sheet.optionsBuyingPower()));
  }

  private static void values(ObjectNode json, AccountSheet sheet) {
    json.put("equity", Json.money(sheet.equity()))
        .put("last_equity", Json.money(sheet.lastEquity()))
        .put("long_market_value", Json.money(sheet.longMarketValue()))
        .put("short_market_value", Json.money(sheet.shortMarketValue()))
        .put("position_market_value", Json.money(sheet.positionMarketValue()))
        .put("initial_margin", Json.money(sheet.initialMargin()))
        .put("maintenance_margin", Json.money(sheet.maintenanceMargin()))
        .put("last_maintenance_margin", Json.money(sheet.lastMaintenanceMargin()))
        .put("sma", Json.money(sheet.equity().subtract(sheet.initialMargin())));
  }
}
