package io.portfoliostream.simulator.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portfoliostream.simulator.broker.CryptoRules;
import io.portfoliostream.simulator.market.Bar;
import io.portfoliostream.simulator.market.Listing;
import io.portfoliostream.simulator.market.Mark;
import io.portfoliostream.simulator.market.MinuteBar;
import io.portfoliostream.simulator.market.StatusChange;
import io.portfoliostream.simulator.market.Tick;
import java.util.List;
import java.util.stream.Stream;

/// Trades, quotes, bars and assets as market data and trading API write them.
public final class MarketJson {

  private MarketJson() {}

  /// A trade of the stream.
  public static ObjectNode tradeMessage(Tick tick) {
    var json = Json.object().put("T", "t").put("S", tick.symbol());
    return json.setAll(trade(tick));
  }

  /// A quote of the stream.
  public static ObjectNode quoteMessage(Tick tick) {
    var json = Json.object().put("T", "q").put("S", tick.symbol());
    return json.setAll(quote(tick));
  }

  /// A minute bar of the stream.
  public static ObjectNode barMessage(MinuteBar minute) {
    var json = Json.object().put("T", "b").put("S", minute.symbol());
    return json.setAll(bar(minute.bar()));
  }

  /// A halt or a resumption of the stream.
  public static ObjectNode statusMessage(StatusChange change) {
    return Json.object()
        .put("T", "s")
        .put("S", change.symbol())
        .put("sc", change.code())
        .put("sm", change.text())
        .put("rc", change.reason())
        .put("rm", change.reasonText())
        .put("t", change.at().toString())
        .put("z", change.venue().tape());
  }

  /// A trade as REST answers it.
  public static ObjectNode trade(Tick tick) {
    var json =
        Json.object()
            .put("i", tick.tradeId())
            .put("x", tick.venue().code())
            .put("p", tick.price())
            .put("s", tick.size());
    json.set("c", tick.size() < 100 ? conditions("@", "I") : conditions("@"));
    return json.put("t", tick.at().toString()).put("z", tick.venue().tape());
  }

  /// A quote as REST answers it.
  public static ObjectNode quote(Tick tick) {
    var quote = tick.quote();
    var json =
        Json.object()
            .put("bx", tick.venue().code())
            .put("bp", quote.bid())
            .put("bs", quote.bidSize())
            .put("ax", tick.venue().code())
            .put("ap", quote.ask())
            .put("as", quote.askSize());
    json.set("c", conditions("R"));
    return json.put("t", tick.at().toString()).put("z", tick.venue().tape());
  }

  /// A bar as REST answers it.
  public static ObjectNode bar(Bar bar) {
    return Json.object()
        .put("o", bar.open())
        .put("h", bar.high())
        .put("l", bar.low())
        .put("c", bar.close())
        .put("v", bar.volume())
        .put("t", bar.start().toString())
        .put("n", bar.trades())
        .put("vw", bar.averagePrice());
  }

  /// The snapshot of a symbol.
  public static ObjectNode snapshot(Mark mark) {
    var json = Json.object();
    json.set("latestTrade", trade(mark.tick()));
    json.set("latestQuote", quote(mark.tick()));
    json.set("minuteBar", bar(mark.minute()));
    json.set("dailyBar", bar(mark.day()));
    json.set("prevDailyBar", bar(mark.previousDay()));
    return json;
  }

  /// The asset object.
  public static ObjectNode asset(Listing listing) {
    var traits = listing.traits();
    boolean crypto = listing.isCrypto();
    boolean marginable = traits.tradable() && !crypto;
    int margin = marginable ? 30 : 100;
    var json =
        Json.object()
            .put("id", listing.id().toString())
            .put("class", traits.assetClass().wire())
            .put("exchange", listing.venue().name())
            .put("symbol", listing.symbol())
            .put("name", listing.name())
            .put("status", "active")
            .put("tradable", traits.tradable())
            .put("marginable", marginable)
            .put("maintenance_margin_requirement", margin)
            .put("margin_requirement_long", Integer.toString(margin))
            .put("margin_requirement_short", Integer.toString(margin))
            .put("shortable", marginable && traits.easyToBorrow())
            .put("easy_to_borrow", marginable && traits.easyToBorrow())
            .put("borrow_status", traits.easyToBorrow() ? "easy_to_borrow" : "hard_to_borrow")
            .put("fractionable", traits.fractionable());
    var attributes = Json.array();
    attributes(listing).forEach(attributes::add);
    json.set("attributes", attributes);
    if (crypto) {
      json.put("min_order_size", Json.decimal(CryptoRules.LEAST_QTY))
          .put("min_trade_increment", Json.decimal(CryptoRules.QTY_STEP))
          .put("price_increment", Json.decimal(CryptoRules.PRICE_STEP));
    }
    return json;
  }

  /// What is said of an asset beside its fields.
  public static List<String> attributes(Listing listing) {
    if (listing.isCrypto() || !listing.tradable()) {
      return List.of();
    }
    return Stream.of(
            listing.traits().fractionable() ? "fractional_eh_enabled" : "",
            listing.traits().overnight() ? "overnight_tradable" : "")
        .filter(attribute -> !attribute.isEmpty())
        .toList();
  }

  private static ArrayNode conditions(String... codes) {
    var array = Json.array();
    for (String code : codes) {
      array.add(code);
    }
    return array;
  }
}
