package io.portfoliostream.simulator.broker;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// A net quantity of a symbol and what it cost; quantities are negative when short.
///
/// During a day the entry price is a weighted average. What was held over night is sold before what
/// was bought today.
///
/// @param overnightQty the part that was held at the last close
/// @param todayEntryPrice average price of the part that was opened since then
public record Position(
    String symbol,
    BigDecimal qty,
    BigDecimal averageEntryPrice,
    BigDecimal overnightQty,
    BigDecimal todayEntryPrice) {

  private static final int PRICE_SCALE = 9;

  /// No position in a symbol.
  static Position flat(String symbol) {
    return new Position(symbol, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
  }

  /// A position that was held at the last close.
  public static Position overnight(String symbol, BigDecimal qty, BigDecimal entryPrice) {
    return new Position(symbol, qty, entryPrice, qty, BigDecimal.ZERO);
  }

  /// This position after a trade.
  ///
  /// @param signed shares, negative when sold
  Position trade(BigDecimal signed, BigDecimal price) {
    if (qty.signum() == 0 || qty.signum() == signed.signum()) {
      return opened(signed, price);
    }
    if (signed.abs().compareTo(qty.abs()) > 0) {
      return flat(symbol).opened(qty.add(signed), price);
    }
    return closed(signed);
  }

  /// This position as if a trade had not been. What is left keeps the cost of the other trades as
  /// far as that can be told.
  ///
  /// @param signed shares, negative when sold
  Position undo(BigDecimal signed, BigDecimal price) {
    boolean opened = todayQty().signum() == signed.signum();
    if (!opened || todayQty().abs().compareTo(signed.abs()) < 0) {
      return trade(signed.negate(), price);
    }
    var left = qty.subtract(signed);
    var today = todayQty().subtract(signed);
    if (left.signum() == 0) {
      return flat(symbol);
    }
    return new Position(
        symbol,
        left,
        today.signum() == 0 && overnightQty.signum() == 0
            ? averageEntryPrice
            : average(qty, averageEntryPrice, signed.negate(), price),
        overnightQty,
        today.signum() == 0
            ? BigDecimal.ZERO
            : average(todayQty(), todayEntryPrice, signed.negate(), price));
  }

  /// This position after a split into so many shares for one; what it cost stays the same.
  Position split(BigDecimal ratio) {
    return new Position(
        symbol,
        shares(qty.multiply(ratio)),
        averageEntryPrice.divide(ratio, PRICE_SCALE, RoundingMode.HALF_UP),
        shares(overnightQty.multiply(ratio)),
        todayEntryPrice.divide(ratio, PRICE_SCALE, RoundingMode.HALF_UP));
  }

  /// Whether nothing is held.
  public boolean isFlat() {
    return qty.signum() == 0;
  }

  /// Whether shares are owed.
  public boolean isShort() {
    return qty.signum() < 0;
  }

  /// The part that was opened since the last close.
  public BigDecimal todayQty() {
    return qty.subtract(overnightQty);
  }

  /// What the position is worth at a price, negative when short.
  public BigDecimal marketValue(BigDecimal price) {
    return qty.multiply(price);
  }

  /// What the position cost, negative when short.
  public BigDecimal costBasis() {
    return qty.multiply(averageEntryPrice);
  }

  /// Profit that a close at a price would bring.
  public BigDecimal unrealizedProfit(BigDecimal price) {
    return qty.multiply(price.subtract(averageEntryPrice));
  }

  /// Profit since the last close, or since the entry for what was opened later.
  public BigDecimal intradayProfit(BigDecimal price, BigDecimal previousClose) {
    return overnightQty
        .multiply(price.subtract(previousClose))
        .add(todayQty().multiply(price.subtract(todayEntryPrice)));
  }

  /// What [#intradayProfit] is a fraction of.
  public BigDecimal intradayBase(BigDecimal previousClose) {
    return overnightQty.multiply(previousClose).add(todayQty().multiply(todayEntryPrice)).abs();
  }

  /// This position as it goes into the next day.
  Position overnight() {
    return overnight(symbol, qty, averageEntryPrice);
  }

  private Position opened(BigDecimal signed, BigDecimal price) {
    return new Position(
        symbol,
        qty.add(signed),
        average(qty, averageEntryPrice, signed, price),
        overnightQty,
        average(todayQty(), todayEntryPrice, signed, price));
  }

  private Position closed(BigDecimal signed) {
    var left = qty.add(signed);
    if (left.signum() == 0) {
      return flat(symbol);
    }
    var overnightLeft = overnightQty.add(signed);
    boolean overnightRemains =
        overnightQty.signum() != 0 && overnightLeft.signum() == overnightQty.signum();
    return new Position(
        symbol,
        left,
        averageEntryPrice,
        overnightRemains ? overnightLeft : BigDecimal.ZERO,
        todayEntryPrice);
  }

  private static BigDecimal average(
      BigDecimal held, BigDecimal entry, BigDecimal added, BigDecimal price) {
    return held.multiply(entry)
        .add(added.multiply(price))
        .divide(held.add(added), PRICE_SCALE, RoundingMode.HALF_UP);
  }

  /// A quantity as it is counted: to nine digits, and without zeros at its end.
  private static BigDecimal shares(BigDecimal exact) {
    var shares = exact.setScale(PRICE_SCALE, RoundingMode.DOWN).stripTrailingZeros();
    return shares.scale() < 0 ? shares.setScale(0) : shares;
  }
}
