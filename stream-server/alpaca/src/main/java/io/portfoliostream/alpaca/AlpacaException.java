package io.portfoliostream.alpaca;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A call to Alpaca that did not succeed, classified by what is known about its effect.
///
/// For an order submission all kinds but [OutcomeUnknown] mean that the order certainly does not
/// exist.
public abstract sealed class AlpacaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private AlpacaException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// The broker understood the request and refused it.
  ///
  /// After a 422 a cautious caller still asks for the order by its client order id: brokers have
  /// been seen to answer so for an order that went through, and always do so for the second try of
  /// one.
  public static final class Rejected extends AlpacaException {
    private static final long serialVersionUID = 1L;
    private static final int INVALID_PARAMETER = 40_010_001;

    private final int status;
    private final int code;
    private final String reason;

    /// Creates a refusal.
    ///
    /// @param status HTTP status, 400 to 499
    /// @param code Alpaca's eight-digit code, 0 when the answer had none
    /// @param message the broker's words
    public Rejected(int status, int code, String message) {
      super("refused with status %d, code %d: %s".formatted(status, code, message), null);
      this.status = status;
      this.code = code;
      this.reason = message;
    }

    /// The HTTP status.
    public int status() {
      return status;
    }

    /// Alpaca's eight-digit code, 0 when the answer had none.
    public int code() {
      return code;
    }

    /// The broker's words, fit to be shown to the user.
    public String message() {
      return reason;
    }

    /// Whether an order with the same client order id exists already: an earlier try did arrive.
    public boolean isDuplicateClientOrderId() {
      return status == 422 && code == INVALID_PARAMETER && reason.contains("client_order_id");
    }
  }

  /// The credentials are wrong, revoked, or of the other environment.
  public static final class Unauthorized extends AlpacaException {
    private static final long serialVersionUID = 1L;

    /// Creates a refusal of the credentials.
    public Unauthorized(String message) {
      super(message, null);
    }
  }

  /// Too many requests: the broker said so, or our own bucket has no room soon enough.
  public static final class RateLimited extends AlpacaException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /// Creates a refusal that ends after a time.
    public RateLimited(Duration retryAfter) {
      super("rate limited for " + retryAfter, null);
      this.retryAfter = retryAfter;
    }

    /// How long to wait before the next try.
    public Duration retryAfter() {
      return retryAfter;
    }
  }

  /// The request never reached the broker: no connection came about.
  public static final class Unreachable extends AlpacaException {
    private static final long serialVersionUID = 1L;

    /// Creates a failure to connect.
    public Unreachable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /// The request was sent and nothing certain came back: timeout, connection lost, server error,
  /// unreadable answer.
  public static final class OutcomeUnknown extends AlpacaException {
    private static final long serialVersionUID = 1L;

    /// Creates an unknown outcome.
    public OutcomeUnknown(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
