package io.portfoliostream.simulator.rest;

import io.portfoliostream.simulator.broker.Refusal;
import io.portfoliostream.simulator.desk.KeyRing;
import io.portfoliostream.simulator.faults.Fault;
import io.portfoliostream.simulator.faults.FaultBoard;
import io.portfoliostream.simulator.faults.FaultKind;
import io.portfoliostream.simulator.faults.Target;
import io.portfoliostream.simulator.json.Json;
import io.portfoliostream.simulator.json.Skew;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// The REST interface with the faults that are on the board; without any it is the plain one.
///
/// The simulator's own paths have no faults, so that a test can always clear them. Safe for use by
/// several threads.
public final class FaultyApi {
  private static final String ORDERS = "/v2/orders";
  private static final Duration RATE_PERIOD = Duration.ofMinutes(1);
  private static final int RATE = 200;
  private static final Refusal TOO_MANY = new Refusal(429, 42910000, "too many requests", Map.of());
  private static final Refusal NOT_UNIQUE = Refusal.invalid("client_order_id must be unique");

  private final RestApi api;
  private final KeyRing keys;
  private final FaultBoard faults;
  private final InstantSource clock;

  /// The interface with the faults of a board.
  public FaultyApi(RestApi api, KeyRing keys, FaultBoard faults, InstantSource clock) {
    this.api = api;
    this.keys = keys;
    this.faults = faults;
    this.clock = clock;
  }

  /// Answers a request.
  public Reply answer(Request request) {
    if (faults.isQuiet() || request.path().startsWith("/simulator/")) {
      return Reply.of(api.answer(request));
    }
    var where =
        RestApi.account(keys, request)
            .map(account -> Target.account(account.name()))
            .orElse(Target.nobody());
    var refused = refusal(request, where);
    if (refused.isPresent()) {
      return refused.get();
    }
    var response = api.answer(request);
    var skew = faults.strike(FaultKind.CLOCK_SKEW, where);
    if (skew.isPresent() && response.body() != null) {
      Skew.shift(response.body(), skew.get().offset());
    }
    boolean accepted =
        request.method().equals("POST")
            && request.path().equals(ORDERS)
            && response.status() == 200;
    return accepted ? afterAcceptance(response, where) : Reply.of(response);
  }

  private Optional<Reply> refusal(Request request, Target where) {
    var limited = faults.strike(FaultKind.RATE_LIMIT, where);
    if (limited.isPresent()) {
      return Optional.of(tooMany(limited.get().headers()));
    }
    boolean order = request.path().startsWith(ORDERS) && !request.method().equals("GET");
    return (order ? faults.strike(FaultKind.REFUSE, where) : Optional.<Fault>empty())
        .or(() -> faults.strike(FaultKind.UNAVAILABLE, where))
        .map(fault -> Reply.of(failed(fault.status())));
  }

  /// What the client is told of an order that was accepted.
  private Reply afterAcceptance(Response response, Target where) {
    var reply = Reply.of(response);
    var lost = faults.strike(FaultKind.ACCEPT_THEN_TIMEOUT, where);
    if (lost.isPresent()) {
      return new Reply(response, Map.of(), lost.get().delay(), true);
    }
    var broken = faults.strike(FaultKind.ACCEPT_THEN_5XX, where);
    if (broken.isPresent()) {
      reply = Reply.of(failed(broken.get().status()));
    } else if (faults.strike(FaultKind.ACCEPT_THEN_422, where).isPresent()) {
      reply = Reply.of(Response.refused(NOT_UNIQUE));
    }
    var held = faults.strike(FaultKind.HOLD_REPLY, where);
    return held.isPresent() ? reply.heldFor(held.get().delay()) : reply;
  }

  private Reply tooMany(boolean headers) {
    var response = Response.refused(TOO_MANY);
    if (!headers) {
      return Reply.of(response);
    }
    var reset = clock.instant().plus(RATE_PERIOD);
    return new Reply(
        response,
        Map.of(
            "X-RateLimit-Limit", Integer.toString(RATE),
            "X-RateLimit-Remaining", "0",
            "X-RateLimit-Reset", Long.toString(reset.getEpochSecond()),
            "Retry-After", Long.toString(RATE_PERIOD.toSeconds())),
        Duration.ZERO,
        false);
  }

  /// The broker's own failure has its shape; what a gateway before it says has not.
  private static Response failed(int status) {
    return status == 500
        ? Response.refused(new Refusal(500, 50010000, "internal server error occurred", Map.of()))
        : new Response(status, Json.object().put("message", "service unavailable"));
  }
}
