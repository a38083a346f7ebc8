package io.portfoliostream.simulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portfoliostream.simulator.broker.AccountProfile;
import io.portfoliostream.simulator.broker.Refusal;
import io.portfoliostream.simulator.desk.Desk;
import io.portfoliostream.simulator.desk.Interventions;
import io.portfoliostream.simulator.desk.KeyRing;
import io.portfoliostream.simulator.faults.FaultBoard;
import io.portfoliostream.simulator.faults.Posted;
import io.portfoliostream.simulator.faults.Target;
import io.portfoliostream.simulator.json.FaultJson;
import io.portfoliostream.simulator.json.Json;
import io.portfoliostream.simulator.json.TruthJson;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a test has done to the simulator, and the truth behind it: faults, new accounts, whole
/// accounts and counted connections. For callers on the same machine only.
///
/// | request | what |
/// |---|---|
/// | `POST /simulator/faults` | posts a fault |
/// | `GET /simulator/faults` | all faults and how often each happened |
/// | `DELETE /simulator/faults?account=&feed=&fault=&id=` | clears those that match, or all |
/// | `POST /simulator/accounts` | opens an account |
/// | `GET /simulator/accounts/{name}` | all of an account at one moment |
/// | `POST /simulator/actions` | halts, busts, corrections, drift, money |
/// | `GET /simulator/actions` | how often each happened |
/// | `GET /simulator/connections` | handshakes by stream, logins by account |
final class AdminRoutes {
  private static final String FAULTS = "/simulator/faults";
  private static final String ACCOUNTS = "/simulator/accounts";
  private static final String ACTIONS = "/simulator/actions";
  private static final String CONNECTIONS = "/simulator/connections";
  private static final Refusal LOOPBACK_ONLY =
      new Refusal(403, 40310000, "only callers on this machine may do this", Map.of());

  private final Desk desk;
  private final Interventions interventions;
  private final KeyRing keys;
  private final FaultBoard faults;

  AdminRoutes(Desk desk, Interventions interventions, KeyRing keys, FaultBoard faults) {
    this.desk = desk;
    this.interventions = interventions;
    this.keys = keys;
    this.faults = faults;
  }

  Optional<Response> answer(Request request) {
    if (!request.path().startsWith("/simulator/")) {
      return Optional.empty();
    }
    if (!request.fromLoopback()) {
      return Optional.of(Response.refused(LOOPBACK_ONLY));
    }
    try {
      return route(request);
    } catch (RefusedException e) {
      return Optional.of(Response.refused(e.refusal()));
    } catch (IllegalArgumentException e) {
      return Optional.of(Response.refused(Refusal.invalid(String.valueOf(e.getMessage()))));
    }
  }

  private Optional<Response> route(Request request) {
    var path = request.path();
    return switch (request.method() + " " + path) {
      case "POST " + FAULTS -> Optional.of(post(request));
      case "GET " + FAULTS -> Optional.of(Response.ok(FaultJson.board(faults)));
      case "DELETE " + FAULTS -> Optional.of(clear(request));
      case "POST " + ACCOUNTS -> Optional.of(open(request));
      case "POST " + ACTIONS -> Optional.of(intervene(request));
      case "GET " + ACTIONS -> Optional.of(Response.ok(counts()));
      case "GET " + CONNECTIONS -> Optional.of(Response.ok(FaultJson.of(faults.handshakes())));
      default ->
          request.method().equals("GET") && path.startsWith(ACCOUNTS + "/")
              ? Optional.of(truth(path.substring(ACCOUNTS.length() + 1)))
              : Optional.empty();
    };
  }

  private Response post(Request request) {
    var fault = FaultJson.parse(request.body(), name -> keys.find(name).map(AccountProfile::name));
    return Response.ok(FaultJson.of(faults.post(fault)));
  }

  private Response clear(Request request) {
    var account = request.parameter("account").map(this::accountTarget);
    var feed = request.parameter("feed").map(Target::feed);
    var kind = request.parameter("fault");
    var id = request.parameter("id");
    int cleared =
        faults.clear(posted ->
            account.or(() -> feed).map(posted.fault().target()::equals).orElse(true)
                && kind.map(posted.fault().kind().wire()::equals).orElse(true)
                && id.map(idOf(posted)::equals).orElse(true));
    return Response.ok(Json.object().put("cleared", cleared));
  }

  private Target accountTarget(String designation) {
    return Target.account(designation.equals("*") ? designation : find(designation).name());
  }

  private Response open(Request request) {
    return desk.call(exchange -> {
      var state = AccountForm.parse(request.body(), exchange);
      var profile = state.profile();
      keys.add(profile);
      exchange.open(state);
      return Response.ok(
          Json.object()
              .put("name", profile.name())
              .put("id", profile.id().toString())
              .put("account_number", profile.number())
              .put("key", profile.key())
              .put("secret", profile.secret()));
    });
  }

  private Response intervene(Request request) {
    interventions.make(InterventionForm.parse(request.body(), keys));
    return Response.ok(counts());
  }

  private ObjectNode counts() {
    var json = Json.object();
    new TreeMap<>(interventions.counts()).forEach(json::put);
    return json;
  }

  private Response truth(String designation) {
    var name = find(designation).name();
    return desk.call(exchange -> {
      exchange.advance();
      return Response.ok(TruthJson.of(exchange.book(name), exchange));
    });
  }

  private AccountProfile find(String designation) {
    return keys.find(designation)
        .orElseThrow(
            () -> new RefusedException(Refusal.notFound("no such account: " + designation)));
  }

  private static String idOf(Posted posted) {
    return Long.toString(posted.id());
  }
}
