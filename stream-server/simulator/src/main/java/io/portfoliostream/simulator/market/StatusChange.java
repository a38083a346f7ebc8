package io.portfoliostream.simulator.market;

import java.time.Instant;
import java.util.Map;

/// A halt or a resumption of trading, as the stream tells it.
///
/// @param reason the exchange's reason code
public record StatusChange(
    String symbol, ListingVenue venue, boolean halted, String reason, Instant at)
    implements MarketPoint {
  private static final String NASDAQ_TAPE = "C";

  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("D", "News Released"),
          Map.entry("I", "Order Imbalance"),
          Map.entry("M", "Limit Up-Limit Down (LULD) Trading Pause"),
          Map.entry("P", "News Pending"),
          Map.entry("X", "Operational"),
          Map.entry("T1", "Halt - News Pending"),
          Map.entry("T2", "Halt - News Dissemination"),
          Map.entry("T3", "News and Resumption Times"),
          Map.entry("T5", "Single Stock Trading Pause In Effect"),
          Map.entry("T6", "Regulatory Halt - Extraordinary Market Activity"),
          Map.entry("T12", "Trading Halted; For Information Requested by NASDAQ"),
          Map.entry("LUDP", "Volatility Trading Pause"),
          Map.entry("MWC1", "Market Wide Circuit Breaker Halt - Level 1"));

  /// The status code of the listing's tape: letters on NASDAQ's, digits on the others.
  public String code() {
    if (venue.tape().equals(NASDAQ_TAPE)) {
      return halted ? "H" : "T";
    }
    return halted ? "2" : "3";
  }

  /// The status in words.
  public String text() {
    return halted ? "Trading Halt" : "Trading Resumption";
  }

  /// The reason in words; empty for a code that is not known.
  public String reasonText() {
    return REASONS.getOrDefault(reason, "");
  }
}
