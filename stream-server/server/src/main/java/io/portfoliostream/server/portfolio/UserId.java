package io.portfoliostream.server.portfolio;

/// The identity of a user: the owner of exactly one portfolio.
public record UserId(String value) {
  /// Refuses an empty identity.
  public UserId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("user id is blank");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
