package io.portfoliostream.server.gateway;

import io.helidon.http.Headers;

/// An answer that takes the socket over from the web server.
interface Takeover {
  /// Answers with `headers`, and returns when the client or the server has ended the stream.
  void run(Headers headers);
}
