package io.portfoliostream.server.gateway;

import io.portfoliostream.protocol.AccessRest;
import io.portfoliostream.protocol.AccessRest.AuditTrail;
import io.portfoliostream.protocol.ProblemCode;
import io.portfoliostream.server.audit.AuditAction;
import io.portfoliostream.server.audit.AuditLog.Recorded;
import io.portfoliostream.server.auth.Identity;
import io.portfoliostream.server.auth.UserAdmin;
import io.portfoliostream.server.auth.UserAdmin.Account;
import io.portfoliostream.server.auth.UserAdmin.Change;
import io.portfoliostream.server.auth.UserAdmin.Result;
import io.portfoliostream.server.portfolio.UserId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Users and the audit log, for administrators.
record UserAdminRoutes(UserAdmin users, Endings endings, Trail trail) {
  private static final int PAGE = 100;
  private static final int MAX_PAGE = 500;

  List<Resource> resources() {
    return List.of(
        Resource.at("/api/admin/users").admin("GET", this::list).admin("POST", this::create),
        Resource.at("/api/admin/users/{id}").admin("PATCH", this::change),
        Resource.at("/api/admin/audit").admin("GET", this::audit));
  }

  private Answer list(Call call, Identity identity) {
    var limit = call.number("limit", PAGE, 1, MAX_PAGE);
    var found = users.list(call.query("after").orElse(""), limit);
    return Answer.ok(new AccessRest.Users(found.stream().map(UserAdminRoutes::shown).toList()));
  }

  private Answer create(Call call, Identity identity) {
    var wanted = call.secretBody(AccessRest.NewUser.class);
    var username = wanted.username();
    if (username == null) {
      throw Refused.invalid("username", "is missing");
    }
    var roles = Objects.requireNonNullElse(wanted.roles(), Set.of(UserAdmin.USER));
    var result = users.create(username, wanted.password(), roles);
    if (result instanceof Result.Done done) {
      trail.note(
          call,
          identity,
          AuditAction.USER_CREATED,
          done.account().user().id().value(),
          "roles " + new TreeSet<>(roles));
    }
    return answer(result, 201);
  }

  private Answer change(Call call, Identity identity) {
    var id = call.path("id");
    if (id.isBlank()) {
      return answer(new Result.Unknown(), 404);
    }
    var target = new UserId(id);
    var body = call.secretBody(AccessRest.UserChange.class);
    var reset = isReset(body);
    if (body.disabled() == null && body.roles() == null && body.password() == null && !reset) {
      throw new Refused(Answer.problem(ProblemCode.BAD_REQUEST, "Nothing is to be changed."));
    }
    if (identity.user().equals(target) && (reset || body.password() != null)) {
      throw Refused.invalid("password", "of your own is changed by POST /api/password");
    }
    var change = new Change(body.disabled(), body.roles(), body.password(), reset);
    var result = users.change(target, change);
    if (result instanceof Result.Done(_, _, var ended)) {
      endings.sessions().forget(target);
      endings.tell(target, ended);
      trail.note(call, identity, AuditAction.USER_CHANGED, target.value(), words(body));
    }
    return answer(result, 200);
  }

  private static boolean isReset(AccessRest.UserChange change) {
    return change.resetPassword() != null && change.resetPassword();
  }

  private static String words(AccessRest.UserChange change) {
    var words = new StringBuilder();
    if (change.disabled() != null) {
      words.append(change.disabled() ? "disabled " : "enabled ");
    }
    if (change.roles() != null) {
      words.append("roles ").append(new TreeSet<>(change.roles())).append(' ');
    }
    if (change.password() != null || isReset(change)) {
      words.append("password");
    }
    return words.toString().strip();
  }

  private static Answer answer(Result result, int done) {
    return switch (result) {
      case Result.Done(var account, var generated, _) -> answer(account, generated).as(done);
      case Result.Invalid(var errors) -> Refused.invalid(errors);
      case Result.Taken _ -> Answer.problem(ProblemCode.CONFLICT, "This user name is taken.");
      case Result.Unknown _ -> Answer.problem(ProblemCode.NOT_FOUND, "There is no such user.");
      case Result.LastAdmin _ ->
          Answer.problem(ProblemCode.CONFLICT, "No active administrator would be left.");
    };
  }

  private static Answer answer(Account account, @Nullable String generated) {
    return Answer.ok(new AccessRest.UserAnswer(shown(account), generated));
  }

  private static AccessRest.User shown(Account account) {
    var user = account.user();
    return new AccessRest.User(
        user.id().value(), user.username(), user.roles(), user.disabled(), account.createdAt());
  }

  private Answer audit(Call call, Identity identity) {
    var limit = call.number("limit", PAGE, 1, MAX_PAGE);
    var before = call.number("before", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
    return Answer.ok(
        new AuditTrail(
            trail.log().read(before, limit).stream().map(UserAdminRoutes::event).toList()));
  }

  private static AuditTrail.Event event(Recorded recorded) {
    return new AuditTrail.Event(
        recorded.id(),
        recorded.at(),
        recorded.action(),
        recorded.actor(),
        recorded.actorName(),
        recorded.subject(),
        recorded.detail(),
        recorded.address());
  }
}
