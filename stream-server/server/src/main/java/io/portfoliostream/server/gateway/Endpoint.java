package io.portfoliostream.server.gateway;

import io.portfoliostream.server.auth.Identity;

/// What one method of one path does.
sealed interface Endpoint {

  /// For everyone.
  non-sealed interface Open extends Endpoint {
    /// Answers a call.
    Answer answer(Call call);
  }

  /// For those who are signed in.
  non-sealed interface Own extends Endpoint {
    /// Answers a call of `identity`.
    Answer answer(Call call, Identity identity);
  }
}
