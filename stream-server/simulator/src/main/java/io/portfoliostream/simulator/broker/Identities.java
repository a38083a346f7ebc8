package io.portfoliostream.simulator.broker;

import io.portfoliostream.simulator.market.SeededRandom;
import java.math.BigInteger;
import java.time.Instant;
import java.util.UUID;

/// The source of new ids: version 4 UUIDs, and ULIDs that always grow.
///
/// ULIDs follow the published specification: 48 bits of milliseconds and 80 bits of chance, in
/// Crockford's base 32; within one millisecond the random part is counted up. Not thread-safe.
final class Identities {
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 26;
  private static final int RANDOM_BITS = 80;

  private final SeededRandom random;
  private BigInteger last;

  Identities(SeededRandom random, String lastEventId) {
    this.random = random;
    this.last = decode(lastEventId);
  }

  UUID next() {
    long most = (random.nextLong() & ~0xF000L) | 0x4000L;
    long least = (random.nextLong() & ~(3L << 62)) | (1L << 63);
    return new UUID(most, least);
  }

  String nextEventId(Instant at) {
    var chance =
        BigInteger.valueOf(random.nextLong() & 0xFFFFL)
            .shiftLeft(Long.SIZE)
            .or(new BigInteger(Long.toUnsignedString(random.nextLong())));
    var fresh = BigInteger.valueOf(at.toEpochMilli()).shiftLeft(RANDOM_BITS).or(chance);
    boolean sameMillisecond =
        fresh.shiftRight(RANDOM_BITS).compareTo(last.shiftRight(RANDOM_BITS)) <= 0;
    last = sameMillisecond ? last.add(BigInteger.ONE) : fresh;
    return encode(last);
  }

  /// Up to a microsecond, so that times have nine digits as the broker's do.
  int nextNanos() {
    return random.nextInt(1, 1_000);
  }

  long position() {
    return random.position();
  }

  String lastEventId() {
    return encode(last);
  }

  private static String encode(BigInteger value) {
    var text = new char[LENGTH];
    var rest = value;
    for (int index = LENGTH - 1; index >= 0; index--) {
      text[index] = DIGITS.charAt(rest.intValue() & 31);
      rest = rest.shiftRight(5);
    }
    return new String(text);
  }

  private static BigInteger decode(String ulid) {
    return ulid.chars()
        .mapToObj(digit -> BigInteger.valueOf(DIGITS.indexOf(digit)))
        .reduce(BigInteger.ZERO, (value, digit) -> value.shiftLeft(5).or(digit));
  }
}
