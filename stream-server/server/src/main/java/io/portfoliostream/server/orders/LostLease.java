package io.portfoliostream.server.orders;

import java.io.Serial;

/// Thrown when a worker tries to finish a job that is no longer its own.
final class LostLease extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  LostLease(long jobId) {
    super("job " + jobId + " has another owner now");
  }
}
