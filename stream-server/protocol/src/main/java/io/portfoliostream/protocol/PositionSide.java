package io.portfoliostream.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/// The direction of a position; the quantity beside it is never negative.
public enum PositionSide {
  /// Owned.
  @JsonProperty("long")
  LONG,
  /// Owed.
  @JsonProperty("short")
  SHORT;

  /// The word on the wire, as the digest writes it.
  public String wireName() {
    return this == LONG ? "long" : "short";
  }
}
