package io.portfoliostream.simulator.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portfoliostream.simulator.market.Bar;
import io.portfoliostream.simulator.market.Listing;
import io.portfoliostream.simulator.market.Mark;
import io.portfoliostream.simulator.market.MinuteBar;
import io.portfoliostream.simulator.market.Tick;

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
    boolean tradable = listing.tradable();
    var json =
        Json.object()
            .put("id", listing.id().toString())
            .put("class", "us_equity")
            .put("exchange", listing.venue().name())
            .put("symbol", listing.symbol())
            .put("name", listing.name())
            .put("status", "active")
            .put("tradable", tradable)
            .put("marginable", tradable)
            .put("maintenance_margin_requirement", 30)
            .put("margin_requirement_long", "30")
            .put("margin_requirement_short", "30")
            .put("shortable", tradable)
            .put("easy_to_borrow", tradable)
            .put("borrow_status", tradable ? "easy_to_borrow" : "hard_to_borrow")
            .put("fractionable", tradable);
    json.set("attributes", Json.array().add("fractional_eh_enabled"));
    return json;
  }

  private static ArrayNode conditions(String... codes) {
    var array = Json.array();
    for (String code : codes) {
      array.add(code);
    }
    return array;
  }
}
