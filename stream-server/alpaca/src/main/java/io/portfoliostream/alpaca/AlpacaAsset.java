package io.portfoliostream.alpaca;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that can be traded.
///
/// @param attributes the broker's words, an open set, for example `overnight_tradable`
/// @param minOrderSize for crypto only, as are the two increments
public record AlpacaAsset(
    String id,
    String symbol,
    String name,
    String assetClass,
    String exchange,
    String status,
    boolean tradable,
    boolean marginable,
    boolean shortable,
    boolean fractionable,
    List<String> attributes,
    @Nullable BigDecimal minOrderSize,
    @Nullable BigDecimal minTradeIncrement,
    @Nullable BigDecimal priceIncrement) {

  /// Copies the attributes.
  public AlpacaAsset {
    attributes = List.copyOf(attributes);
  }

  static AlpacaAsset read(Fields asset) {
    return new AlpacaAsset(
        asset.identifier("id"),
        asset.identifier("symbol"),
        asset.text("name", ""),
        asset.text("class", ""),
        asset.text("exchange", ""),
        asset.text("status", ""),
        asset.flag("tradable"),
        asset.flag("marginable"),
        asset.flag("shortable"),
        asset.flag("fractionable"),
        asset.texts("attributes"),
        asset.decimalOrNull("min_order_size"),
        asset.decimalOrNull("min_trade_increment"),
        asset.decimalOrNull("price_increment"));
  }
}
