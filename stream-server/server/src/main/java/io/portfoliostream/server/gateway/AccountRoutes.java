package io.portfoliostream.server.gateway;

import io.helidon.http.HeaderNames;
import io.portfoliostream.protocol.Problem.FieldError;
import io.portfoliostream.protocol.ProblemCode;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.server.audit.AuditAction;
import io.portfoliostream.server.auth.Identity;
import io.portfoliostream.server.auth.SessionCookie;
import io.portfoliostream.server.auth.Sessions.Opened;
import io.portfoliostream.server.auth.SignIn;
import io.portfoliostream.server.auth.SignIn.Attempt;
import io.portfoliostream.server.auth.SignIn.Result.Later;
import io.portfoliostream.server.auth.SignIn.Result.SignedIn;
import io.portfoliostream.server.auth.SignIn.Result.Wrong;
import io.portfoliostream.server.auth.Users;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Signing in and out, and who one is.
///
/// A sign-in ends the session that came with it, whoever's it was: a browser has one at a time, and
/// a cookie that somebody planted is worth nothing afterwards.
record AccountRoutes(SignIn signIn, Users users, Endings endings, Trail trail) {

  List<Resource> resources() {
    return List.of(
        Resource.at("/api/login").open("POST", this::login),
        Resource.at("/api/logout").open("POST", this::logout),
        Resource.at("/api/me").own("GET", AccountRoutes::me));
  }

  private Answer login(Call call) {
    var login = call.secretBody(Rest.Login.class);
    var username = login.username();
    var password = login.password();
    if (username == null || password == null) {
      return Refused.invalid(missing(login));
    }
    var agent = call.header(HeaderNames.USER_AGENT).orElse(null);
    return switch (signIn.attempt(new Attempt(username, password, call.address(), agent))) {
      case SignedIn(var session) -> signedIn(call, session);
      case Wrong _ -> wrong(call, username);
      case Later(var wait) -> later().retryAfter(wait);
    };
  }

  private Answer signedIn(Call call, Opened session) {
    for (var old : Stream.of(true, false).flatMap(each -> cookie(call, each)).toList()) {
      endings
          .sessions()
          .find(old)
          .filter(endings::end)
          .ifPresent(identity ->
              trail.note(call, identity, AuditAction.SESSION_REVOKED, null, "by a new sign-in"));
    }
    trail.note(call, session.identity(), AuditAction.LOGIN, null, null);
    var life = endings.sessions().rules().life();
    return Answer.done()
        .with("Set-Cookie", SessionCookie.set(session.cookie(), life, call.secure()));
  }

  /// A name that nobody has is not noted: it may be a password in the wrong field.
  private Answer wrong(Call call, String username) {
    var user = users.find(username).map(known -> known.id().value()).orElse(null);
    trail.note(call, AuditAction.LOGIN_FAILED, user);
    return Answer.problem(ProblemCode.BAD_CREDENTIALS, "The user name or the password is wrong.");
  }

  static Answer later() {
    return Answer.problem(ProblemCode.LOGIN_RATE, "Too many attempts to sign in.");
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
    cookie(call, call.secure())
        .flatMap(value -> endings.sessions().find(value).stream())
        .filter(endings::end)
        .forEach(identity -> trail.note(call, identity, AuditAction.LOGOUT, null, null));
    return Answer.done().with("Set-Cookie", SessionCookie.clear(call.secure()));
  }

  private static Stream<String> cookie(Call call, boolean secure) {
    return SessionCookie.read(call.headers(HeaderNames.COOKIE), secure).stream();
  }

  private static Answer me(Call call, Identity identity) {
    return Answer.ok(new Rest.Me(identity.user().value(), identity.username(), identity.roles()));
  }
}
