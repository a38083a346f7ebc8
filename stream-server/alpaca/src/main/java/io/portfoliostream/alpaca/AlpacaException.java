package io.portfoliostream.alpaca;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A call to Alpaca that did not succeed, classified by what is known about its effect.
///
/// For a write (submit, replace, cancel) all kinds but [OutcomeUnknown] mean that this request
/// certainly changed nothing; a duplicate client order id means that an earlier one did.
public abstract sealed class AlpacaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private AlpacaException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// The broker understood the request and refused it.
  ///
  /// The second try of an order that arrived is refused too, as a duplicate.
  public static final class Rejected extends AlpacaException {
    private static final long serialVersionUID = 1L;
    private static final Pattern REPEATED =
        Pattern.compile("unique|exist|duplicate", Pattern.CASE_INSENSITIVE);

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
    ///
    /// Decided by the words: the usual code, 40010001, is that of any invalid parameter.
    public boolean isDuplicateClientOrderId() {
      return status == 422
          && reason.toLowerCase(Locale.ROOT).contains("client_order_id")
          && REPEATED.matcher(reason).find();
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
  /// unreadable answer. It may have been carried out.
  public static final class OutcomeUnknown extends AlpacaException {
    private static final long serialVersionUID = 1L;

    /// Creates an unknown outcome.
    public OutcomeUnknown(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
