package io.portfoliostream.server.gateway;

import io.helidon.http.HeaderNames;
import io.portfoliostream.protocol.Problem.FieldError;
import io.portfoliostream.protocol.ProblemCode;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.server.auth.Identity;
import io.portfoliostream.server.auth.SessionCookie;
import io.portfoliostream.server.auth.Sessions;
import io.portfoliostream.server.auth.SignIn;
import io.portfoliostream.server.auth.SignIn.Attempt;
import io.portfoliostream.server.auth.SignIn.Result.Later;
import io.portfoliostream.server.auth.SignIn.Result.SignedIn;
import io.portfoliostream.server.auth.SignIn.Result.Wrong;
import io.portfoliostream.server.bus.SessionRevoked;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Signing in and out, and who one is.
///
/// @param revoked tells all nodes that a session ended
record AccountRoutes(SignIn signIn, Sessions sessions, Consumer<SessionRevoked> revoked) {

  List<Resource> resources() {
    return List.of(
        Resource.at("/api/login").open("POST", this::login),
        Resource.at("/api/logout").open("POST", this::logout),
        Resource.at("/api/me").own("GET", AccountRoutes::me));
  }

  private Answer login(Call call) {
    var login = call.body(Rest.Login.class);
    var username = login.username();
    var password = login.password();
    if (username == null || password == null) {
      return Refused.invalid(missing(login));
    }
    var agent = call.header(HeaderNames.USER_AGENT).orElse(null);
    return switch (signIn.attempt(new Attempt(username, password, call.address(), agent))) {
      case SignedIn(var session) ->
          Answer.done()
              .with("Set-Cookie", SessionCookie.set(session.cookie(), sessions.rules().life()));
      case Wrong _ ->
          Answer.problem(ProblemCode.BAD_CREDENTIALS, "The user name or the password is wrong.");
      case Later(var wait) ->
          Answer.problem(ProblemCode.LOGIN_RATE, "Too many attempts to sign in.").retryAfter(wait);
    };
  }

  private static List<FieldError> missing(Rest.Login login) {
    var errors = new ArrayList<FieldError>();
    if (login.username() == null) {
      errors.add(new FieldError("username", "is missing"));
    }
    if (login.password() == null) {
      errors.add(new FieldError("password", "is missing"));
    }
    return errors;
  }

  /// Whoever is not signed in is signed out already.
  private Answer logout(Call call) {
    SessionCookie.read(call.headers(HeaderNames.COOKIE))
        .flatMap(sessions::find)
        .ifPresent(this::end);
    return Answer.done().with("Set-Cookie", SessionCookie.clear());
  }

  private void end(Identity identity) {
    if (sessions.revoke(identity.sessionId())) {
      revoked.accept(new SessionRevoked(identity.sessionId(), identity.user()));
    }
  }

  private static Answer me(Call call, Identity identity) {
    return Answer.ok(new Rest.Me(identity.user().value(), identity.username(), identity.roles()));
  }
}
