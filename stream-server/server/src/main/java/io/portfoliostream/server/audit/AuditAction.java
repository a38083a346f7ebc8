package io.portfoliostream.server.audit;

/// What is noted in the audit log.
public enum AuditAction {
  /// A session began.
  LOGIN("login"),
  /// A sign-in with a wrong name or password; the subject is the user, where there is one of that
  /// name.
  LOGIN_FAILED("login_failed"),
  /// A user ended their own session.
  LOGOUT("logout"),
  /// A user changed their password.
  PASSWORD_CHANGED("password_changed"),
  /// A change of a password with a wrong current one.
  PASSWORD_CHANGE_FAILED("password_change_failed"),
  /// A user ended another session of theirs, or a new sign-in of the same browser did.
  SESSION_REVOKED("session_revoked"),
  /// A user was made.
  USER_CREATED("user_created"),
  /// A user was disabled, enabled, given other roles or another password.
  USER_CHANGED("user_changed"),
  /// A broker account was linked.
  BROKER_ACCOUNT_LINKED("broker_account_linked"),
  /// A broker account was let go.
  BROKER_ACCOUNT_UNLINKED("broker_account_unlinked"),
  /// An order was taken in; the subject is the order.
  ORDER_PLACED("order_placed"),
  /// An administrator did something else; the subject is the call.
  ADMIN_ACTION("admin_action");

  private final String wireName;

  AuditAction(String wireName) {
    this.wireName = wireName;
  }

  /// The word in the log and on the wire.
  public String wireName() {
    return wireName;
  }
}
