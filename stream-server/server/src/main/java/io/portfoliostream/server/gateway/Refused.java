package io.portfoliostream.server.gateway;

import io.portfoliostream.protocol.Problem.FieldError;
import io.portfoliostream.protocol.ProblemCode;
import java.io.Serial;
import java.util.List;

/// Thrown while a request is read, when it cannot be served; carries the answer.
final class Refused extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Answer answer;

  Refused(Answer answer) {
    super("status " + answer.status(), null, false, false);
    this.answer = answer;
  }

  /// One parameter is at fault.
  static Refused invalid(String field, String message) {
    return new Refused(invalid(List.of(new FieldError(field, message))));
  }

  /// The answer that names all fields at fault.
  static Answer invalid(List<FieldError> errors) {
    return Answer.problem(
        ProblemCode.INVALID.problem("The request is not valid.").withErrors(errors));
  }

  Answer answer() {
    return answer;
  }
}
