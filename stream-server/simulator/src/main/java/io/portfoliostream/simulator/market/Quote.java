package io.portfoliostream.simulator.market;

import java.math.BigDecimal;

/// The best bid and offer over all venues (NBBO), sizes in shares.
public record Quote(BigDecimal bid, int bidSize, BigDecimal ask, int askSize) {

  public Quote {
    if (bid.signum() <= 0 || ask.compareTo(bid) <= 0) {
      throw new IllegalArgumentException("crossed or empty quote: " + bid + " / " + ask);
    }
  }
}
