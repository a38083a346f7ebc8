package io.portfoliostream.protocol;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An error body, `application/problem+json` (RFC 9457).
///
/// @param code the word that a program decides on
/// @param detail what is wrong, for a person
/// @param errors the fields at fault, where there are any
public record Problem(
    String type,
    String title,
    int status,
    String code,
    String detail,
    @Nullable List<FieldError> errors) {
  /// Refuses a problem with a field missing.
  public Problem {
    requireNonNull(type, "type");
    requireNonNull(title, "title");
    requireNonNull(code, "code");
    requireNonNull(detail, "detail");
  }

  /// One field at fault.
  public record FieldError(String field, String message) {}

  /// The same problem, naming the fields at fault.
  public Problem withErrors(List<FieldError> fields) {
    return new Problem(type, title, status, code, detail, List.copyOf(fields));
  }
}
