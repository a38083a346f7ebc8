package io.portfoliostream.simulator.market;

/// The exchange on which a symbol is listed, with its letters in market data.
public enum ListingVenue {
  NASDAQ("Q", "C"),
  NYSE("N", "A"),
  ARCA("P", "B"),
  CRYPTO("", "");

  private final String code;
  private final String tape;

  ListingVenue(String code, String tape) {
    this.code = code;
    this.tape = tape;
  }

  /// The one-letter exchange code of trades and quotes.
  public String code() {
    return code;
  }

  /// The tape on which trades of the listing are reported.
  public String tape() {
    return tape;
  }
}
