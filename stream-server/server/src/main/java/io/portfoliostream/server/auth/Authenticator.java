package io.portfoliostream.server.auth;

import io.helidon.security.EndpointConfig;
import io.helidon.security.Security;
import io.portfoliostream.server.ledger.LedgerUnavailable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// The one place where requests are authenticated, REST calls and upgrades of the stream alike.
public final class Authenticator {
  private final Security security;
  private final AtomicLong requests = new AtomicLong();

  /// Authentication by `sessions`.
  public Authenticator(Sessions sessions) {
    this.security =
        Security.builder()
            .disableTracing()
            .addAuthenticationProvider(new SessionProvider(sessions), "session")
            .build();
  }

  /// What a request says of itself.
  ///
  /// @param headers by name
  /// @param secure whether the client's end of the way is TLS
  public record Request(
      String method, String path, Map<String, List<String>> headers, boolean secure) {}

  /// Who sent a request; empty when nobody is signed in.
  ///
  /// @throws LedgerUnavailable when that cannot be known just now
  public Optional<Identity> authenticate(Request request) {
    var environment =
        security
            .environmentBuilder()
            .method(request.method())
            .path(request.path())
            .headers(request.headers())
            .transport(request.secure() ? SessionProvider.TLS : "http")
            .build();
    var context =
        security
            .contextBuilder(Long.toHexString(requests.incrementAndGet()))
            .env(environment)
            .endpointConfig(EndpointConfig.create())
            .build();
    var response = context.atnClientBuilder().submit();
    if (response.throwable().orElse(null) instanceof LedgerUnavailable unavailable) {
      throw unavailable;
    }
    return response.user().flatMap(user -> user.privateCredential(Identity.class));
  }
}
