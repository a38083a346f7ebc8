package io.portfoliostream.alpaca;

/// How many requests one credential may make.
///
/// A minute sees at most the sustained rate and the burst. Reserves order who goes first: while few
/// requests are left, background reads wait for reads, and reads for order entry.
///
/// @param tradingPerMinute sustained rate on the trading host
/// @param dataPerMinute sustained rate on the market data host
/// @param burst requests that may go at once after a rest, on each host
/// @param reservedForOrders part of the trading host's burst that only order entry may use
/// @param reservedForReads part of the burst, beside the former, that background reads leave alone
public record RequestRates(
    int tradingPerMinute,
    int dataPerMinute,
    int burst,
    int reservedForOrders,
    int reservedForReads) {

  /// Checks the ranges.
  public RequestRates {
    requirePositive("tradingPerMinute", tradingPerMinute);
    requirePositive("dataPerMinute", dataPerMinute);
    requirePositive("burst", burst);
    if (reservedForOrders < 0
        || reservedForReads < 0
        || (long) reservedForOrders + reservedForReads >= burst) {
      throw new IllegalArgumentException(
          "reservedForOrders %d and reservedForReads %d must not be negative, their sum below burst %d"
              .formatted(reservedForOrders, reservedForReads, burst));
    }
  }

  /// Rates that keep any minute below Alpaca's 200 requests.
  public static RequestRates defaults() {
    return new RequestRates(170, 170, 20, 5, 5);
  }

  /// The same reserves with other sustained rates.
  public RequestRates withSustained(int newTradingPerMinute, int newDataPerMinute) {
    return new RequestRates(
        newTradingPerMinute, newDataPerMinute, burst, reservedForOrders, reservedForReads);
  }

  private static void requirePositive(String name, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " is not positive: " + value);
    }
  }
}
