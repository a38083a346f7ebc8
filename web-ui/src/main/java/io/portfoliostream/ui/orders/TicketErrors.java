package io.portfoliostream.ui.orders;

import io.portfoliostream.client.StreamApiException;
import io.portfoliostream.client.StreamApiException.BadAnswer;
import io.portfoliostream.client.StreamApiException.Refused;
import io.portfoliostream.client.StreamApiException.Unreachable;
import io.portfoliostream.protocol.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the ticket says when an order was not taken.
///
/// @param fields a message per field of the ticket
/// @param general what belongs to no field, empty when there is nothing to say
/// @param settled whether the server has surely not booked the order
record TicketErrors(Map<String, String> fields, String general, boolean settled) {
  static final String SYMBOL = "symbol";
  static final String SIDE = "side";
  static final String QTY = "qty";

  private static final Set<String> FIELDS = Set.of(SYMBOL, SIDE, QTY);
  private static final int UNAUTHENTICATED = 401;
  private static final int SERVER_FAULT = 500;

  static TicketErrors of(StreamApiException failure) {
    return switch (failure) {
      case Refused refused -> refused(refused.problem());
      case Unreachable _, BadAnswer _ ->
          new TicketErrors(
              Map.of(),
              "No answer from the server, so it is unknown whether the order was taken. Sending it"
                  + " again unchanged is safe: it will not be placed twice.",
              false);
    };
  }

  private static TicketErrors refused(Problem problem) {
    if (problem.status() == UNAUTHENTICATED) {
      return new TicketErrors(Map.of(), "You have been signed out.", true);
    }
    var fields = new LinkedHashMap<String, String>();
    var rest = new StringBuilder();
    for (var error : errors(problem)) {
      if (FIELDS.contains(error.field())) {
        fields.putIfAbsent(error.field(), error.message());
      } else {
        rest.append(rest.isEmpty() ? "" : " ").append(error.message());
      }
    }
    var general = fields.isEmpty() && rest.isEmpty() ? problem.detail() : rest.toString();
    return new TicketErrors(Map.copyOf(fields), general, problem.status() < SERVER_FAULT);
  }

  private static List<Problem.FieldError> errors(Problem problem) {
    var errors = problem.errors();
    return errors == null ? List.of() : errors;
  }
}
