package io.portfoliostream.protocol;

import static java.util.Objects.requireNonNull;

/// The name of the state at `seq`: a client that computes another one at the same seq is wrong.
///
/// @param algorithm `sha-256`
/// @param value lower-case hex; see [StateDigest]
public record Digest(long seq, String algorithm, String value) implements Payload {
  /// Refuses a digest with a field missing.
  public Digest {
    requireNonNull(algorithm, "algorithm");
    requireNonNull(value, "value");
  }
}
