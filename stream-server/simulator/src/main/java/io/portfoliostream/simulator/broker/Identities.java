package io.portfoliostream.simulator.broker;

import io.portfoliostream.simulator.market.SeededRandom;
import java.time.Instant;
import java.util.UUID;

/// The source of new ids: version 4 UUIDs, and ULIDs that always grow.
///
/// ULIDs follow the published specification: 48 bits of milliseconds and 80 bits of chance, in
/// Crockford's base 32; within one millisecond the random part is counted up. Not thread-safe.
final class Identities {
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 26;
  private static final int DIGIT_BITS = 5;
  private static final int HIGH_RANDOM_BITS = 16;

  private final SeededRandom random;
  private long high;
  private long low;
  private String lastEventId;

  Identities(SeededRandom random, String lastEventId) {
    this.random = random;
    this.lastEventId = lastEventId;
    for (int index = 0; index < lastEventId.length(); index++) {
      high = high << DIGIT_BITS | low >>> (Long.SIZE - DIGIT_BITS);
      low = low << DIGIT_BITS | DIGITS.indexOf(lastEventId.charAt(index));
    }
  }

  UUID next() {
    long most = (random.nextLong() & ~0xF000L) | 0x4000L;
    long least = (random.nextLong() & ~(3L << 62)) | (1L << 63);
    return new UUID(most, least);
  }

  String nextEventId(Instant at) {
    long highChance = random.nextLong() & 0xFFFFL;
    long lowChance = random.nextLong();
    long millis = at.toEpochMilli();
    if (millis > high >>> HIGH_RANDOM_BITS) {
      high = millis << HIGH_RANDOM_BITS | highChance;
      low = lowChance;
    } else {
      low++;
      high += low == 0 ? 1 : 0;
    }
    lastEventId = encode(high, low);
    return lastEventId;
  }

  /// Up to a microsecond, so that times have nine digits as the broker's do.
  int nextNanos() {
    return random.nextInt(1, 1_000);
  }

  long position() {
    return random.position();
  }

  String lastEventId() {
    return lastEventId;
  }

  private static String encode(long high, long low) {
    var text = new char[LENGTH];
    long upper = high;
    long lower = low;
    for (int index = LENGTH - 1; index >= 0; index--) {
      text[index] = DIGITS.charAt((int) (lower & 31));
      lower = lower >>> DIGIT_BITS | upper << (Long.SIZE - DIGIT_BITS);
      upper >>>= DIGIT_BITS;
    }
    return new String(text);
  }
}
