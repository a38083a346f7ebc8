package io.portfoliostream.server.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/// Names of numberings: each portfolio's random value combined with the database's own identity.
///
/// A copy of the database that was promoted or restored has another timeline, so every portfolio in
/// it has another epoch, and no client can resume over the events that were lost.
final class Epochs {
  private static final System.Logger LOG = System.getLogger(Epochs.class.getName());

  private final String database;

  Epochs(Jdbi jdbi) {
    this.database = identity(jdbi);
  }

  /// The epoch of the portfolio whose random value is `stored`.
  String of(String stored) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      var bytes = sha.digest((stored + '/' + database).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String identity(Jdbi jdbi) {
    try {
      return jdbi.withHandle(handle ->
          handle
              .createQuery(
                  "select s.system_identifier || '-' || c.timeline_id"
                      + " from pg_control_system() s, pg_control_checkpoint() c")
              .mapTo(String.class)
              .one());
    } catch (JdbiException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the database does not tell its identity; epochs rest on their random part alone",
          e);
      return "unknown";
    }
  }
}
