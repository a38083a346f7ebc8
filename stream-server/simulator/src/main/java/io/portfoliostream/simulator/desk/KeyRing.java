package io.portfoliostream.simulator.desk;

import io.portfoliostream.simulator.broker.AccountProfile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which key opens which account. Immutable.
public final class KeyRing {
  private final Map<String, AccountProfile> byKey = new LinkedHashMap<>();

  /// The keys of these accounts.
  public KeyRing(Collection<AccountProfile> profiles) {
    profiles.forEach(profile -> byKey.put(profile.key(), profile));
  }

  /// The account of a key and its secret; empty when they do not belong together.
  public Optional<AccountProfile> account(@Nullable String key, @Nullable String secret) {
    if (key == null || secret == null) {
      return Optional.empty();
    }
    return Optional.ofNullable(byKey.get(key)).filter(profile -> isEqual(profile.secret(), secret));
  }

  /// All accounts.
  public Collection<AccountProfile> profiles() {
    return byKey.values();
  }

  private static boolean isEqual(String expected, String actual) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
  }
}
