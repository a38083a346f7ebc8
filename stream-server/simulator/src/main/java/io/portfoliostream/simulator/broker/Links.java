package io.portfoliostream.simulator.broker;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How an order is tied to others.
///
/// @param replaces the order in whose place it came, or null
/// @param replacedBy the order that came in its place, or null
/// @param parent the order whose leg it is, or null
public record Links(@Nullable UUID replaces, @Nullable UUID replacedBy, @Nullable UUID parent) {
  /// The links of an order on its own.
  static final Links NONE = new Links(null, null, null);

  /// The links of a leg.
  static Links legOf(UUID parent) {
    return new Links(null, null, parent);
  }

  /// The links of the order that comes in the place of another.
  static Links inPlaceOf(Order old) {
    return new Links(old.id(), null, old.links().parent());
  }

  Links replacedBy(UUID next) {
    return new Links(replaces, next, parent);
  }

  Links under(UUID other) {
    return new Links(replaces, replacedBy, other);
  }
}
