package io.portfoliostream.server.audit;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/// Something that is to be noted.
///
/// @param actor who did it, absent when that is not known
/// @param subject what it was done to
/// @param detail in words, never a secret
/// @param address from where, absent for what was done at the server's own console
public record AuditEntry(
    AuditAction action,
    @Nullable Actor actor,
    @Nullable String subject,
    @Nullable String detail,
    @Nullable String address) {
  private static final int MAX_LENGTH = 200;

  /// Bounds the texts.
  public AuditEntry {
    requireNonNull(action, "action");
    subject = shortened(subject);
    detail = shortened(detail);
  }

  /// Who did something.
  public record Actor(String userId, String username) {}

  private static @Nullable String shortened(@Nullable String text) {
    return text == null || text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
  }
}
