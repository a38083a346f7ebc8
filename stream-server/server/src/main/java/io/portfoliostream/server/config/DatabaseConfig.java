package io.portfoliostream.server.config;

import org.jspecify.annotations.Nullable;

/// Where the database is.
public sealed interface DatabaseConfig {

  /// A PostgreSQL started by this server, in its data folder.
  ///
  /// @param port 0 for any free one
  record Embedded(int port) implements DatabaseConfig {}

  /// A PostgreSQL that runs elsewhere.
  ///
  /// @param url of the form `jdbc:postgresql://host/name`
  record External(String url, @Nullable String user, @Nullable Secret password)
      implements DatabaseConfig {}

  /// Reads the settings: embedded unless a URL is set.
  static DatabaseConfig parse(Settings read) {
    var url = read.text("DATABASE_URL");
    if (url.isEmpty()) {
      return new Embedded(read.port("DATABASE_PORT", 8084));
    }
    if (!url.get().startsWith("jdbc:postgresql:")) {
      // The value may hold a password: it is not repeated.
      throw new BadSetting("DATABASE_URL", "must start with jdbc:postgresql:");
    }
    return new External(
        url.get(),
        read.text("DATABASE_USER").orElse(null),
        read.secret("DATABASE_PASSWORD").orElse(null));
  }
}
