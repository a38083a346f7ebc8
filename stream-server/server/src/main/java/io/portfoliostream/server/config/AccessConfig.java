package io.portfoliostream.server.config;

import io.portfoliostream.server.config.BrokerConfig.Environment;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who may sign in, and for how long.
///
/// @param demo whether the demo users exist, whose passwords everybody knows
/// @param loadUsers how many further demo users exist, `load0001` and on, for load tests
/// @param bootstrap the first user
/// @param sessionIdle a session ends when it was not used for this long
/// @param sessionLife a session ends this long after its login
/// @param credentialsKey what stored broker keys are encrypted with; a key file when absent
/// @param olderKeys what they were encrypted with before; they are encrypted anew at the start
public record AccessConfig(
    boolean demo,
    int loadUsers,
    @Nullable Bootstrap bootstrap,
    Duration sessionIdle,
    Duration sessionLife,
    @Nullable CredentialsKey credentialsKey,
    List<CredentialsKey> olderKeys) {
  /// Freezes the list.
  public AccessConfig {
    olderKeys = List.copyOf(olderKeys);
  }

  private static final String KEY = "CREDENTIALS_KEY";
  private static final String OLDER_KEYS = "CREDENTIALS_OLDER_KEYS";

  /// The first user.
  public record Bootstrap(String username, Secret password) {}

  /// 32 bytes that are never printed.
  public static final class CredentialsKey {
    private static final int LENGTH = 32;
    private final byte[] bytes;

    CredentialsKey(byte[] bytes) {
      if (bytes.length != LENGTH) {
        throw new IllegalArgumentException("a key has 32 bytes, not " + bytes.length);
      }
      this.bytes = bytes.clone();
    }

    /// A copy of the bytes.
    public byte[] bytes() {
      return bytes.clone();
    }

    @Override
    public String toString() {
      return "***";
    }
  }

  static AccessConfig parse(Settings read, Environment broker) {
    var demo = read.flag("DEMO", false);
    if (demo && broker != Environment.SIMULATOR) {
      throw new BadSetting("DEMO", "must be false when BROKER is not simulator");
    }
    var idle = Duration.ofMinutes(read.number("SESSION_IDLE_MINUTES", 120, 1, 60 * 24 * 30));
    var life = Duration.ofHours(read.number("SESSION_HOURS", 12, 1, 24 * 365));
    var loadUsers = read.number("LOAD_USERS", 0, 0, 20_000);
    if (loadUsers > 0 && !demo) {
      throw new BadSetting("LOAD_USERS", "must be 0 when DEMO is false");
    }
    return new AccessConfig(
        demo,
        loadUsers,
        bootstrap(read).orElse(null),
        idle,
        life,
        credentialsKey(read).orElse(null),
        olderKeys(read));
  }

  private static Optional<Bootstrap> bootstrap(Settings read) {
    var username = read.text("BOOTSTRAP_USERNAME");
    var password = read.secret("BOOTSTRAP_PASSWORD");
    if (username.isPresent() != password.isPresent()) {
      throw new BadSetting(
          username.isPresent() ? "BOOTSTRAP_PASSWORD" : "BOOTSTRAP_USERNAME",
          "must be set together with its counterpart");
    }
    return username.flatMap(name -> password.map(secret -> new Bootstrap(name, secret)));
  }

  private static Optional<CredentialsKey> credentialsKey(Settings read) {
    return read.secret(KEY).map(secret -> credentialsKey(KEY, secret.value()));
  }

  private static List<CredentialsKey> olderKeys(Settings read) {
    return read.secret(OLDER_KEYS).stream()
        .flatMap(secret -> Arrays.stream(secret.value().split(",", -1)))
        .map(base64 -> credentialsKey(OLDER_KEYS, base64))
        .toList();
  }

  private static CredentialsKey credentialsKey(String setting, String base64) {
    try {
      return new CredentialsKey(Base64.getDecoder().decode(base64.strip()));
    } catch (IllegalArgumentException e) {
      throw new BadSetting(setting, "must be 32 bytes in base64");
    }
  }
}
