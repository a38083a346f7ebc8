package io.portfoliostream.client;

import static java.util.Objects.requireNonNull;

import io.portfoliostream.protocol.Problem;
import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A call to the server that did not give what was asked for.
public abstract sealed class StreamApiException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private StreamApiException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// The server understood and said no.
  public static final class Refused extends StreamApiException {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final @Nullable Duration retryAfter;

    /// A refusal without a `Retry-After`.
    public Refused(Problem problem) {
      this(problem, null);
    }

    /// A refusal.
    ///
    /// @param retryAfter when to come back, where the server told it
    public Refused(Problem problem, @Nullable Duration retryAfter) {
      super(requireNonNull(problem, "problem").status() + " " + problem.code(), null);
      this.problem = problem;
      this.retryAfter = retryAfter;
    }

    /// What the server said; made up from the status where it sent no problem.
    public Problem problem() {
      return problem;
    }

    /// When the server wants to see the client again.
    public Optional<Duration> retryAfter() {
      return Optional.ofNullable(retryAfter);
    }
  }

  /// No connection, or no answer in time.
  public static final class Unreachable extends StreamApiException {
    @Serial private static final long serialVersionUID = 1L;

    /// An answer that did not come.
    public Unreachable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /// An answer that is not what the contract promises.
  public static final class BadAnswer extends StreamApiException {
    @Serial private static final long serialVersionUID = 1L;

    /// An answer that cannot be read.
    public BadAnswer(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
