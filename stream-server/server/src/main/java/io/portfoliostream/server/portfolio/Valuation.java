package io.portfoliostream.server.portfolio;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a portfolio is worth at given prices. All formulas are Alpaca's (Trading API, positions and
/// account), with q the signed quantity, p the price and a the average entry price.
public final class Valuation {
  private static final int MONEY_SCALE = 2;
  private static final int PERCENT_SCALE = 2;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private Valuation() {}

  /// q·p, in cents.
  public static BigDecimal marketValue(Position position, BigDecimal price) {
    return money(position.quantity().multiply(price));
  }

  /// q·(p − a), in cents.
  public static BigDecimal unrealized(Position position, BigDecimal price) {
    return money(position.quantity().multiply(price.subtract(position.averageEntryPrice())));
  }

  /// 100 · q·(p − a) / |q·a|, in percent with 2 decimals; zero when nothing was paid.
  public static BigDecimal unrealizedPercent(Position position, BigDecimal price) {
    var cost = position.quantity().multiply(position.averageEntryPrice()).abs();
    return percent(
        position.quantity().multiply(price.subtract(position.averageEntryPrice())), cost);
  }

  /// q·p − day cost, in cents; absent while the day cost is unknown.
  public static @Nullable BigDecimal dayProfit(Position position, BigDecimal price) {
    var base = position.dayCost();
    return base == null ? null : money(position.quantity().multiply(price).subtract(base));
  }

  /// The day's profit in percent of |day cost|; absent while the day cost is unknown.
  public static @Nullable BigDecimal dayProfitPercent(Position position, BigDecimal price) {
    var base = position.dayCost();
    return base == null
        ? null
        : percent(position.quantity().multiply(price).subtract(base), base.abs());
  }

  /// Cash plus the market value of all positions, in cents.
  public static BigDecimal equity(
      Account account, Collection<Position> positions, Function<Position, BigDecimal> priceOf) {
    var value = account.cash();
    for (var position : positions) {
      value = value.add(position.quantity().multiply(priceOf.apply(position)));
    }
    return money(value);
  }

  /// Equity − last equity − the day's cash flows, in cents.
  public static BigDecimal dayProfit(Account account, BigDecimal equity) {
    return money(equity.subtract(account.lastEquity()).subtract(account.dayFlows()));
  }

  /// The day's profit in percent of last equity.
  public static BigDecimal dayProfitPercent(Account account, BigDecimal equity) {
    return percent(
        equity.subtract(account.lastEquity()).subtract(account.dayFlows()),
        account.lastEquity().abs());
  }

  /// `value` in cents, halves away from zero.
  public static BigDecimal money(BigDecimal value) {
    return value.setScale(MONEY_SCALE, RoundingMode.HALF_UP);
  }

  private static BigDecimal percent(BigDecimal part, BigDecimal whole) {
    return whole.signum() == 0
        ? BigDecimal.ZERO.setScale(PERCENT_SCALE)
        : part.multiply(HUNDRED).divide(whole, PERCENT_SCALE, RoundingMode.HALF_UP);
  }
}
