package io.portfoliostream.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// A password's hash by Argon2id ([RFC 9106](https://www.rfc-editor.org/rfc/rfc9106)), with what is
/// needed to compute it again; its text is the usual one, `$argon2id$v=19$m=…,t=…,p=1$salt$hash`.
///
/// @param memoryKiB memory that the computation takes
/// @param iterations passes over that memory
@SuppressWarnings("ArrayRecordComponent") // never compared but by [#matches]
record Argon2id(int memoryKiB, int iterations, byte[] salt, byte[] hash) {
  static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final Pattern TEXT =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=1"
              + "\\$([A-Za-z0-9+/]{22})\\$([A-Za-z0-9+/]{43})");

  /// How dear a guess is.
  record Cost(int memoryKiB, int iterations) {}

  static Argon2id of(String password, Cost cost, byte[] salt) {
    var hash = compute(password, cost.memoryKiB(), cost.iterations(), salt);
    return new Argon2id(cost.memoryKiB(), cost.iterations(), salt, hash);
  }

  static Argon2id parse(String text) {
    var parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("a stored password hash cannot be read");
    }
    var decoder = Base64.getDecoder();
    return new Argon2id(
        Integer.parseInt(part(parts, 1)),
        Integer.parseInt(part(parts, 2)),
        decoder.decode(part(parts, 3)),
        decoder.decode(part(parts, 4)));
  }

  private static String part(MatchResult parts, int number) {
    return requireNonNull(parts.group(number));
  }

  /// Whether `password` has this hash; takes the same time for either answer.
  boolean matches(String password) {
    return MessageDigest.isEqual(hash, compute(password, memoryKiB, iterations, salt));
  }

  String text() {
    var encoder = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
        .formatted(
            memoryKiB, iterations, encoder.encodeToString(salt), encoder.encodeToString(hash));
  }

  @Override
  public String toString() {
    return "Argon2id[m=" + memoryKiB + ", t=" + iterations + "]";
  }

  private static byte[] compute(String password, int memoryKiB, int iterations, byte[] salt) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKiB)
            .withIterations(iterations)
            .withParallelism(1)
            .withSalt(salt)
            .build());
    var hash = new byte[HASH_BYTES];
    generator.generateBytes(password.getBytes(UTF_8), hash);
    return hash;
  }
}
