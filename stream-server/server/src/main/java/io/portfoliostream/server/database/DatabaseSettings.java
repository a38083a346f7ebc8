package io.portfoliostream.server.database;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the data live.
public sealed interface DatabaseSettings {
  /// How many connections the pool holds.
  int poolSize();

  /// A PostgreSQL that somebody else runs.
  ///
  /// @param url a JDBC URL, `jdbc:postgresql://…`
  record External(String url, @Nullable String user, @Nullable String password, int poolSize)
      implements DatabaseSettings {
    /// Refuses what is not a PostgreSQL URL.
    public External {
      if (!url.startsWith("jdbc:postgresql:")) {
        throw new IllegalArgumentException(
            "not a PostgreSQL URL: "
                + URI.create("x:" + url.split(":", 2)[0]).getSchemeSpecificPart());
      }
    }

    @Override
    public String toString() {
      return "External[" + url.replaceAll("\\?.*", "") + "]";
    }
  }

  /// A PostgreSQL of our own below `directory`, listening on loopback.
  record Embedded(Path directory, int port, int poolSize) implements DatabaseSettings {}
}
