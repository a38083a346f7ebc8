package io.portfoliostream.simulator.market;

import java.math.BigDecimal;
import java.util.UUID;

/// A symbol that has a price, and what makes that price move.
///
/// @param referencePrice where the price process begins
/// @param annualVolatility standard deviation of the yearly log return, such as 0.28
/// @param marketCorrelation share of the movement that the whole market has in common, 0 to 1
/// @param sector whose further movement it shares; empty for none
public record Listing(
    UUID id,
    String symbol,
    String name,
    ListingVenue venue,
    BigDecimal referencePrice,
    double annualVolatility,
    double marketCorrelation,
    String sector,
    Traits traits) {

  public Listing {
    if (referencePrice.signum() <= 0) {
      throw new IllegalArgumentException("reference price is not positive: " + referencePrice);
    }
    if (!(annualVolatility >= 0 && annualVolatility <= 5)) {
      throw new IllegalArgumentException("volatility out of range: " + annualVolatility);
    }
    if (!(marketCorrelation >= 0 && marketCorrelation <= 1)) {
      throw new IllegalArgumentException("correlation out of range: " + marketCorrelation);
    }
  }

  /// Whether it can be ordered.
  public boolean tradable() {
    return traits.tradable();
  }

  /// Whether it is a coin, which trades around the clock and in any fraction.
  public boolean isCrypto() {
    return traits.assetClass() == AssetClass.CRYPTO;
  }

  /// The symbol by which positions call it: coins without the slash.
  public String positionSymbol() {
    return symbol.replace("/", "");
  }
}
