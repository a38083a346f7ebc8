package io.portfoliostream.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The bodies of the REST calls about sessions, passwords, users and the audit log.
public final class AccessRest {
  private AccessRest() {}

  /// The answer of `GET /api/sessions`: the last used ones first.
  public record Sessions(List<Session> sessions) {
    /// One of the user's own sessions.
    ///
    /// @param id names it in `DELETE /api/sessions/{id}`, and opens nothing
    /// @param lastSeenAt when it was last used, give or take a minute
    /// @param client what signed in, in a few words, as it says itself
    /// @param current whether it is the one that asks
    public record Session(
        String id,
        Instant since,
        Instant lastSeenAt,
        @Nullable String address,
        @Nullable String client,
        boolean current) {}
  }

  /// The body of `POST /api/password`.
  public record NewPassword(@Nullable String currentPassword, @Nullable String newPassword) {
    @Override
    public String toString() {
      return "NewPassword[***]";
    }
  }

  /// The answer of `GET /api/admin/users`, by name.
  public record Users(List<User> users) {}

  /// A user, as administrators see them.
  ///
  /// @param disabled whether they cannot sign in
  public record User(
      String userId, String username, Set<String> roles, boolean disabled, Instant createdAt) {
    /// Copies the roles.
    public User {
      roles = Set.copyOf(roles);
    }
  }

  /// The body of `POST /api/admin/users`.
  ///
  /// @param roles `user`, `admin` or both; `user` when absent
  /// @param password one is generated when it is absent
  public record NewUser(
      @Nullable String username, @Nullable Set<String> roles, @Nullable String password) {
    @Override
    public String toString() {
      return "NewUser[username=" + username + ", roles=" + roles + "]";
    }
  }

  /// The body of `PATCH /api/admin/users/{id}`; what is absent stays as it is.
  ///
  /// @param password a new one
  /// @param resetPassword whether one is to be generated
  public record UserChange(
      @Nullable Boolean disabled,
      @Nullable Set<String> roles,
      @Nullable String password,
      @Nullable Boolean resetPassword) {
    @Override
    public String toString() {
      return "UserChange[disabled=" + disabled + ", roles=" + roles + "]";
    }
  }

  /// The answer of `POST` and `PATCH /api/admin/users`.
  ///
  /// @param password the one that was generated, told this once
  public record UserAnswer(User user, @Nullable String password) {
    @Override
    public String toString() {
      return "UserAnswer[" + user + "]";
    }
  }

  /// The answer of `GET /api/admin/audit`: the newest first.
  public record AuditTrail(List<Event> events) {
    /// Who did what, when and from where.
    ///
    /// @param id the next page is what is `before` the last one
    /// @param action a word, see the protocol
    /// @param userId who did it, absent when that is not known
    /// @param subject a user, session or order id, or a call
    /// @param address absent for what was done at the server's own console
    public record Event(
        long id,
        Instant at,
        String action,
        @Nullable String userId,
        @Nullable String username,
        @Nullable String subject,
        @Nullable String detail,
        @Nullable String address) {}
  }
}
