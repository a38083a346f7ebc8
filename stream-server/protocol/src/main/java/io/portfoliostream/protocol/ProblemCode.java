package io.portfoliostream.protocol;

/// The `code` of a problem+json body.
public enum ProblemCode {
  /// No session cookie, or an unknown, expired or revoked session.
  UNAUTHENTICATED(401, "unauthenticated", "Not signed in"),
  /// The name or the password is wrong.
  BAD_CREDENTIALS(401, "bad_credentials", "Wrong user name or password"),
  /// Signed in, but not allowed.
  FORBIDDEN(403, "forbidden", "Not allowed"),
  /// An `Origin` that is not on the configured list.
  ORIGIN_NOT_ALLOWED(403, "origin_not_allowed", "Origin not allowed"),
  /// No such thing, or not the user's own.
  NOT_FOUND(404, "not_found", "Not found"),
  /// The order can change no more, or there is no position to close.
  CONFLICT(409, "conflict", "Not possible any more"),
  /// A method that the resource does not know.
  METHOD_NOT_ALLOWED(405, "method_not_allowed", "Method not allowed"),
  /// A body over the limit.
  BODY_TOO_LARGE(413, "body_too_large", "Body too large"),
  /// A body that is not JSON.
  UNSUPPORTED_MEDIA_TYPE(415, "unsupported_media_type", "JSON expected"),
  /// A request that cannot be read.
  BAD_REQUEST(400, "bad_request", "Bad request"),
  /// A request that was read and is not valid; `errors` names each field.
  INVALID(422, "invalid", "Invalid request"),
  /// An idempotency key that came before with another body.
  KEY_REUSED(422, "idempotency_key_reused", "Idempotency key reused"),
  /// The user's connections are all in use.
  CONNECTION_LIMIT(429, "connection_limit", "Too many connections"),
  /// Too many connection attempts.
  CONNECT_RATE(429, "connect_rate", "Too many attempts"),
  /// Too many sign-ins that failed.
  LOGIN_RATE(429, "login_rate", "Too many attempts"),
  /// Real time is off for this user.
  REALTIME_DISABLED(503, "realtime_disabled", "Real time is off"),
  /// Something that the answer depends on cannot be reached just now.
  UNAVAILABLE(503, "unavailable", "Temporarily unavailable"),
  /// The node is shutting down.
  DRAINING(503, "draining", "Shutting down"),
  /// Our own fault.
  INTERNAL(500, "internal", "Internal error");

  private final int status;
  private final String wireName;
  private final String title;

  ProblemCode(int status, String wireName, String title) {
    this.status = status;
    this.wireName = wireName;
    this.title = title;
  }

  /// The HTTP status.
  public int status() {
    return status;
  }

  /// The word on the wire.
  public String wireName() {
    return wireName;
  }

  /// A problem with this code.
  public Problem problem(String detail) {
    return new Problem("about:blank", title, status, wireName, detail, null);
  }
}
