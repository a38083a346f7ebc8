package io.portfoliostream.server.gateway;

import io.portfoliostream.protocol.AccessRest;
import io.portfoliostream.protocol.Problem.FieldError;
import io.portfoliostream.protocol.ProblemCode;
import io.portfoliostream.server.audit.AuditAction;
import io.portfoliostream.server.auth.Identity;
import io.portfoliostream.server.auth.OwnSessions;
import io.portfoliostream.server.auth.OwnSessions.Own;
import io.portfoliostream.server.auth.PasswordChange;
import io.portfoliostream.server.auth.PasswordChange.Result;
import io.portfoliostream.server.auth.PasswordChange.Wish;
import io.portfoliostream.server.auth.SessionCookie;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The own sessions and the own password.
record SessionRoutes(OwnSessions sessions, PasswordChange passwords, Endings endings, Trail trail) {

  List<Resource> resources() {
    return List.of(
        Resource.at("/api/sessions").own("GET", this::list),
        Resource.at("/api/sessions/{id}").own("DELETE", this::end),
        Resource.at("/api/password").own("POST", this::change));
  }

  private Answer list(Call call, Identity identity) {
    return Answer.ok(
        new AccessRest.Sessions(
            sessions.of(identity.user()).stream().map(each -> shown(each, identity)).toList()));
  }

  private static AccessRest.Sessions.Session shown(Own session, Identity identity) {
    return new AccessRest.Sessions.Session(
        session.publicId(),
        session.since(),
        session.lastSeenAt(),
        session.address(),
        ClientName.of(session.agent()).orElse(null),
        session.id().equals(identity.sessionId()));
  }

  /// Ends one of the own sessions; the current one too, which is a sign-out.
  private Answer end(Call call, Identity identity) {
    var publicId = call.path("id");
    var ended = sessions.end(identity.user(), publicId);
    if (ended.isEmpty()) {
      return Answer.problem(ProblemCode.NOT_FOUND, "There is no such session of yours.");
    }
    endings.tell(identity.user(), List.of(ended.get()));
    if (ended.get().equals(identity.sessionId())) {
      trail.note(call, identity, AuditAction.LOGOUT, publicId, null);
      return Answer.done().with("Set-Cookie", SessionCookie.clear(call.secure()));
    }
    trail.note(call, identity, AuditAction.SESSION_REVOKED, publicId, null);
    return Answer.done();
  }

  private Answer change(Call call, Identity identity) {
    var body = call.secretBody(AccessRest.NewPassword.class);
    var current = body.currentPassword();
    var next = body.newPassword();
    if (current == null || next == null) {
      return Refused.invalid(missing(current, next));
    }
    return switch (passwords.attempt(new Wish(identity, current, next, call.address()))) {
      case Result.Changed(var ended) -> {
        endings.tell(identity.user(), ended);
        var detail = ended.size() + " other sessions ended";
        trail.note(call, identity, AuditAction.PASSWORD_CHANGED, null, detail);
        yield Answer.done();
      }
      case Result.Wrong _ -> {
        trail.note(call, identity, AuditAction.PASSWORD_CHANGE_FAILED, null, null);
        yield Refused.invalid(List.of(new FieldError("currentPassword", "is wrong")));
      }
      case Result.Unfit(var reason) ->
          Refused.invalid(List.of(new FieldError("newPassword", reason)));
      case Result.Later(var wait) -> AccountRoutes.later().retryAfter(wait);
    };
  }

  private static List<FieldError> missing(@Nullable String current, @Nullable String next) {
    var errors = new ArrayList<FieldError>();
    if (current == null) {
      errors.add(new FieldError("currentPassword", "is missing"));
    }
    if (next == null) {
      errors.add(new FieldError("newPassword", "is missing"));
    }
    return errors;
  }
}
