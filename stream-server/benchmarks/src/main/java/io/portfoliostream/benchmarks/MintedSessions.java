package io.portfoliostream.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// Sessions written straight into the server's database: thousands of sign-ins would measure
/// nothing but the hashing of passwords.
final class MintedSessions {
  private static final int COOKIE_BYTES = 32;

  private MintedSessions() {}

  /// One session for each of the load users, in their order.
  ///
  /// @param database JDBC address of the server's database
  /// @return the cookies' values
  static List<String> mint(String database, int users) throws SQLException {
    var cookies = new ArrayList<String>();
    try (var connection = DriverManager.getConnection(database, "postgres", "");
        var insert =
            connection.prepareStatement(
                """
                insert into session (id, user_id, created_at, last_seen_at, expires_at)
                select ?, id, now(), now(), now() + interval '1 day' from app_user
                where username = ?
                """)) {
      for (var number = 1; number <= users; number++) {
        var cookie = cookie(number);
        insert.setString(1, id(cookie));
        insert.setString(2, "load%04d".formatted(number));
        insert.addBatch();
        cookies.add(cookie);
      }
      insert.executeBatch();
    }
    return cookies;
  }

  private static String cookie(int number) {
    var bytes = new byte[COOKIE_BYTES];
    System.arraycopy("%032d".formatted(number).getBytes(US_ASCII), 0, bytes, 0, COOKIE_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String id(String cookie) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(cookie.getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
