package io.portfoliostream.simulator.desk;

import io.portfoliostream.simulator.broker.AccountProfile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Which key opens which account. Safe for use by several threads.
public final class KeyRing {
  private final Map<String, AccountProfile> byKey = new ConcurrentHashMap<>();
  private final List<AccountProfile> profiles = new CopyOnWriteArrayList<>();

  /// The keys of these accounts.
  public KeyRing(Collection<AccountProfile> profiles) {
    this.profiles.addAll(profiles);
    profiles.forEach(profile -> byKey.put(profile.key(), profile));
  }

  /// Adds the key of a new account.
  ///
  /// @throws IllegalArgumentException when an account has this name or key already
  public synchronized void add(AccountProfile profile) {
    if (find(profile.name()).isPresent() || byKey.containsKey(profile.key())) {
      throw new IllegalArgumentException(
          "there is an account with the name " + profile.name() + " or its key already");
    }
    profiles.add(profile);
    byKey.put(profile.key(), profile);
  }

  /// An account by its name, its number or its key.
  public Optional<AccountProfile> find(String designation) {
    var byItsKey = byKey.get(designation);
    return byItsKey != null
        ? Optional.of(byItsKey)
        : profiles.stream()
            .filter(profile ->
                profile.name().equals(designation) || profile.number().equals(designation))
            .findFirst();
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
    return Collections.unmodifiableList(profiles);
  }

  private static boolean isEqual(String expected, String actual) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
  }
}
