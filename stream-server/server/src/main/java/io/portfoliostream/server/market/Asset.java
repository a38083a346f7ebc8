package io.portfoliostream.server.market;

import static java.util.Objects.requireNonNull;

/// Something that can be traded.
///
/// @param assetClass the broker's word, such as `us_equity` or `crypto`
/// @param name empty when the broker tells none
public record Asset(
    String symbol,
    String name,
    String assetClass,
    String exchange,
    boolean tradable,
    boolean fractionable,
    boolean shortable) {
  /// Refuses an asset with a part missing.
  public Asset {
    requireNonNull(symbol, "symbol");
    requireNonNull(name, "name");
    requireNonNull(assetClass, "assetClass");
    requireNonNull(exchange, "exchange");
  }
}
