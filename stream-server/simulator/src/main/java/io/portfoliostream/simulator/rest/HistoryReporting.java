package io.portfoliostream.simulator.rest;

import io.portfoliostream.simulator.market.MarketPhase;

/// Which parts of a day the portfolio history tells.
enum HistoryReporting {
  MARKET_HOURS,
  EXTENDED_HOURS,
  CONTINUOUS;

  /// The part that a request wants; older clients ask by `extended_hours`.
  static HistoryReporting of(Request request) {
    var old = request.parameter("extended_hours").map("true"::equals).orElse(false);
    return switch (request.parameter("intraday_reporting").orElse("")) {
      case "" -> old ? EXTENDED_HOURS : MARKET_HOURS;
      case "market_hours" -> MARKET_HOURS;
      case "extended_hours" -> EXTENDED_HOURS;
      case "continuous" -> CONTINUOUS;
      default -> throw HistoryQuery.invalid("invalid intraday_reporting");
    };
  }

  boolean tells(MarketPhase phase) {
    return switch (this) {
      case MARKET_HOURS -> phase == MarketPhase.CORE;
      case EXTENDED_HOURS ->
          phase == MarketPhase.CORE || phase == MarketPhase.PRE || phase == MarketPhase.POST;
      case CONTINUOUS -> true;
    };
  }
}
