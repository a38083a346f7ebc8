package io.portfoliostream.server.gateway;

import io.portfoliostream.protocol.ProblemCode;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.server.auth.Identity;
import io.portfoliostream.server.broker.BrokerUnavailable;
import io.portfoliostream.server.ledger.Correction;
import io.portfoliostream.server.ledger.Corrections;
import io.portfoliostream.server.ledger.LedgerUnavailable;
import io.portfoliostream.server.portfolio.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// What comparisons with the broker corrected: the own corrections, a comparison on demand, and
/// everyone's for the admin.
///
/// @param compareNow compares a user's portfolio with the broker, where this node keeps the account
record CorrectionRoutes(
    Reading reading,
    Corrections corrections,
    Function<UserId, Optional<CompletableFuture<List<Correction>>>> compareNow) {
  private static final int CORRECTIONS = 100;
  private static final int MAX_CORRECTIONS = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  List<Resource> resources() {
    return List.of(
        Resource.at("/api/corrections").own("GET", this::own),
        Resource.at("/api/positions/sync").own("POST", this::sync),
        Resource.at("/api/admin/drift").admin("GET", this::drift));
  }

  private Answer own(Call call, Identity identity) {
    var limit = call.number("limit", CORRECTIONS, 1, MAX_CORRECTIONS);
    var before = call.number("before", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
    var user = identity.user();
    return answer(user, () -> corrections.of(user, before, limit));
  }

  private Answer sync(Call call, Identity identity) {
    var comparison = compareNow.apply(identity.user());
    if (comparison.isEmpty()) {
      return Answer.problem(ProblemCode.INVALID, "No broker account is linked to this user.");
    }
    try {
      var found = comparison.get().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return answer(identity.user(), () -> found);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BrokerUnavailable || e.getCause() instanceof LedgerUnavailable) {
        return unavailable();
      }
      throw new IllegalStateException("a comparison failed", e.getCause());
    } catch (TimeoutException _) {
      return unavailable();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return unavailable();
    }
  }

  private static Answer unavailable() {
    return Answer.problem(ProblemCode.UNAVAILABLE, "The broker cannot be read just now.")
        .retryAfter(Duration.ofSeconds(5));
  }

  private Answer drift(Call call, Identity identity) {
    var limit = call.number("limit", CORRECTIONS, 1, MAX_CORRECTIONS);
    return Answer.ok(
        new Rest.Drift(
            corrections.counts().stream()
                .map(count ->
                    new Rest.Drift.Count(
                        count.kind(), count.cause(), count.isDrift(), count.count()))
                .toList(),
            corrections.newest(limit).stream()
                .map(each -> new Rest.Drift.Corrected(each.user().value(), wire(each.correction())))
                .toList()));
  }

  private interface Read {
    List<Correction> run();
  }

  private Answer answer(UserId user, Read read) {
    var asOf = reading.clock().instant();
    var found = reading.at(user, read::run);
    return Answer.ok(
        new Rest.Corrections(
            found.position().epoch(),
            found.position().seq(),
            asOf,
            found.read().stream().map(CorrectionRoutes::wire).toList()));
  }

  private static Rest.Correction wire(Correction correction) {
    return new Rest.Correction(
        correction.seq(),
        correction.kind(),
        correction.subject(),
        correction.was(),
        correction.became(),
        correction.cause(),
        correction.isDrift(),
        correction.bookedAt());
  }
}
