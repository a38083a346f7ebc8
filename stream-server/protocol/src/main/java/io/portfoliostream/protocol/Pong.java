package io.portfoliostream.protocol;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The answer to a client's ping.
///
/// @param id what the client sent, absent when it sent none
public record Pong(@Nullable String id, Instant serverTime) implements Payload {
  /// Refuses a pong without a time.
  public Pong {
    requireNonNull(serverTime, "serverTime");
  }
}
