package io.portfoliostream.server.orders;

import io.portfoliostream.protocol.Problem.FieldError;
import io.portfoliostream.server.portfolio.Order;
import java.util.List;

/// What became of a request about orders.
public sealed interface OrderResult {

  /// Booked up to `seq`; or, for a repeated key, what was booked then, as it stands now.
  record Accepted(List<Order> orders, String epoch, long seq) implements OrderResult {
    /// Freezes the list.
    public Accepted {
      orders = List.copyOf(orders);
    }
  }

  /// The fields at fault.
  record Invalid(List<FieldError> errors) implements OrderResult {}

  /// The key came before with another body.
  record KeyReused() implements OrderResult {}

  /// The user may not send orders.
  record NotAllowed(Permission permission) implements OrderResult {}

  /// The user has no such order or position.
  record NotFound() implements OrderResult {}

  /// It is too late for that.
  ///
  /// @param reason in words
  record TooLate(String reason) implements OrderResult {}
}
