package io.portfoliostream.simulator.broker;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When each thing happened to an order.
public record Times(
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant filledAt,
    @Nullable Instant expiredAt,
    @Nullable Instant cancelRequestedAt,
    @Nullable Instant canceledAt,
    @Nullable Instant replacedAt,
    @Nullable Instant failedAt) {

  static Times of(Instant now) {
    return new Times(now, now, null, null, null, null, null, null);
  }

  Times at(Instant now) {
    return new Times(
        createdAt, now, filledAt, expiredAt, cancelRequestedAt, canceledAt, replacedAt, failedAt);
  }

  Times filled(Instant now) {
    return new Times(
        createdAt, now, now, expiredAt, cancelRequestedAt, canceledAt, replacedAt, failedAt);
  }

  Times expired(Instant now) {
    return new Times(
        createdAt, now, filledAt, now, cancelRequestedAt, canceledAt, replacedAt, failedAt);
  }

  Times cancelRequested(Instant now) {
    return new Times(createdAt, now, filledAt, expiredAt, now, canceledAt, replacedAt, failedAt);
  }

  Times canceled(Instant now) {
    return new Times(
        createdAt, now, filledAt, expiredAt, cancelRequestedAt, now, replacedAt, failedAt);
  }

  Times replaced(Instant now) {
    return new Times(
        createdAt, now, filledAt, expiredAt, cancelRequestedAt, canceledAt, now, failedAt);
  }

  Times failed(Instant now) {
    return new Times(
        createdAt, now, filledAt, expiredAt, cancelRequestedAt, canceledAt, replacedAt, now);
  }
}
