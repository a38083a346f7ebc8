package io.portfoliostream.server.auth;

import io.helidon.security.AuthenticationResponse;
import io.helidon.security.Principal;
import io.helidon.security.ProviderRequest;
import io.helidon.security.Role;
import io.helidon.security.Subject;
import io.helidon.security.spi.AuthenticationProvider;
import io.portfoliostream.server.ledger.LedgerUnavailable;
import java.util.List;

/// Authentication by the session cookie, and by nothing else.
final class SessionProvider implements AuthenticationProvider {
  /// What the environment of a request calls the way on which it came over TLS.
  static final String TLS = "https";

  private final Sessions sessions;

  SessionProvider(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public AuthenticationResponse authenticate(ProviderRequest request) {
    var environment = request.env();
    var cookies = environment.headers().getOrDefault("Cookie", List.of());
    var secure = environment.transport().equals(TLS);
    try {
      var identity = SessionCookie.read(cookies, secure).flatMap(sessions::find);
      return identity.isPresent()
          ? AuthenticationResponse.success(subject(identity.get()))
          : AuthenticationResponse.failed("no live session");
    } catch (LedgerUnavailable e) {
      return AuthenticationResponse.failed("sessions cannot be read", e);
    }
  }

  private static Subject subject(Identity identity) {
    var subject =
        Subject.builder()
            .principal(
                Principal.builder().id(identity.user().value()).name(identity.username()).build())
            .addPrivateCredential(Identity.class, identity);
    identity.roles().forEach(role -> subject.addGrant(Role.create(role)));
    return subject.build();
  }
}
