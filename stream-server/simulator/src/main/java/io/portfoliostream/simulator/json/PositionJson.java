package io.portfoliostream.simulator.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portfoliostream.simulator.broker.AccountBook;
import io.portfoliostream.simulator.broker.Position;
import io.portfoliostream.simulator.market.Listing;
import io.portfoliostream.simulator.market.Mark;

/// The position object, marked at the last price.
public final class PositionJson {

  private PositionJson() {}

  /// The position with its figures.
  public static ObjectNode of(Position position, AccountBook book, Listing listing, Mark mark) {
    var price = mark.last();
    var close = mark.previousClose();
    var available = book.availableQty(position.symbol());
    var profit = position.unrealizedProfit(price);
    var intraday = position.intradayProfit(price, close);
    return Json.object()
        .put("asset_id", listing.id().toString())
        .put("symbol", listing.positionSymbol())
        .put("exchange", listing.venue().name())
        .put("asset_class", listing.traits().assetClass().wire())
        .put("asset_marginable", !listing.isCrypto())
        .put("qty", Json.decimal(position.qty()))
        .put("qty_available", Json.decimal(position.isShort() ? available.negate() : available))
        .put("avg_entry_price", Json.decimal(position.averageEntryPrice()))
        .put("side", position.isShort() ? "short" : "long")
        .put("market_value", Json.decimal(position.marketValue(price)))
        .put("cost_basis", Json.decimal(position.costBasis()))
        .put("unrealized_pl", Json.decimal(profit))
        .put("unrealized_plpc", Json.fraction(profit, position.costBasis()))
        .put("unrealized_intraday_pl", Json.decimal(intraday))
        .put("unrealized_intraday_plpc", Json.fraction(intraday, position.intradayBase(close)))
        .put("current_price", Json.decimal(price))
        .put("lastday_price", Json.decimal(close))
        .put("change_today", Json.fraction(price.subtract(close), close));
  }
}
