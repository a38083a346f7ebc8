package io.portfoliostream.simulator.rest;

import io.portfoliostream.simulator.broker.Refusal;

/// Carries a refusal out of the reading of a request, to where it is answered.
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient Refusal refusal;

  RefusedException(Refusal refusal) {
    super(refusal.message(), null, false, false);
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }
}
