package io.portfoliostream.server.gateway;

import io.portfoliostream.protocol.Problem.FieldError;
import io.portfoliostream.protocol.ProblemCode;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.server.audit.AuditAction;
import io.portfoliostream.server.auth.Identity;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.stream.WireView;
import io.portfoliostream.server.sync.AccountLinking;
import io.portfoliostream.server.sync.AccountLinking.Result;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The own broker account: linked, shown without its secrets, unlinked.
record BrokerAccountRoutes(AccountLinking linking, WireView view, Trail trail) {

  List<Resource> resources() {
    return List.of(
        Resource.at("/api/broker-account")
            .own("GET", this::show)
            .own("PUT", this::link)
            .own("DELETE", this::unlink));
  }

  private Answer show(Call call, Identity identity) {
    return Answer.ok(shown(identity.user()));
  }

  private Answer link(Call call, Identity identity) {
    var request = call.secretBody(Rest.LinkAccount.class);
    return switch (linking.link(identity.user(), request)) {
      case Result.Done _ -> {
        trail.note(call, identity, AuditAction.BROKER_ACCOUNT_LINKED, null, request.environment());
        yield Answer.ok(shown(identity.user()));
      }
      case Result.Invalid(var errors) -> Refused.invalid(errors);
      case Result.Refused _ ->
          Refused.invalid(
              List.of(
                  new FieldError(
                      request.oauthToken() == null ? "secret" : "oauthToken",
                      "is not accepted by the broker in this environment")));
      case Result.Unavailable(var reason) ->
          Answer.problem(ProblemCode.UNAVAILABLE, "The account could not be tested: " + reason)
              .retryAfter(Duration.ofSeconds(5));
    };
  }

  private Answer unlink(Call call, Identity identity) {
    if (!linking.unlink(identity.user())) {
      return Answer.problem(ProblemCode.NOT_FOUND, "No broker account is linked to this user.");
    }
    trail.note(call, identity, AuditAction.BROKER_ACCOUNT_UNLINKED, null, null);
    return Answer.done();
  }

  private Rest.BrokerAccount shown(UserId user) {
    return new Rest.BrokerAccount(linking.environments(), account(user));
  }

  private Rest.BrokerAccount.@Nullable Account account(UserId user) {
    return linking
        .linked(user)
        .map(shown ->
            new Rest.BrokerAccount.Account(
                shown.environment(),
                shown.kind(),
                shown.keyId(),
                shown.accountNumber(),
                shown.viewOnly(),
                shown.since(),
                view.feeds(user).trading()))
        .orElse(null);
  }
}
