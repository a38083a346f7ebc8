package io.portfoliostream.server.gateway;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.protocol.ProblemCode;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.server.auth.Identity;
import io.portfoliostream.server.ledger.OrderFilter;
import io.portfoliostream.server.ledger.OrderFilter.Status;
import io.portfoliostream.server.orders.OrderEntry;
import io.portfoliostream.server.orders.OrderEntry.Result.Accepted;
import io.portfoliostream.server.orders.OrderEntry.Result.Invalid;
import io.portfoliostream.server.orders.OrderEntry.Result.KeyReused;
import io.portfoliostream.server.orders.OrderEntry.Result.NotLinked;
import io.portfoliostream.server.stream.WireView;
import java.util.List;
import java.util.regex.Pattern;

/// The own orders: reads, and new ones.
record OrderRoutes(Reading reading, WireView view, OrderDesk desk) {
  private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1," + OrderEntry.MAX_KEY + "}");
  private static final int ORDERS = 100;
  private static final int MAX_ORDERS = 500;

  List<Resource> resources() {
    return List.of(Resource.at("/api/orders").own("GET", this::orders).own("POST", this::submit));
  }

  private Answer orders(Call call, Identity identity) {
    var filter =
        new OrderFilter(
            status(call),
            call.number("limit", ORDERS, 1, MAX_ORDERS),
            PortfolioRoutes.before(call));
    var asOf = reading.clock().instant();
    var user = identity.user();
    var found = reading.at(user, () -> reading.reads().orders(user, filter));
    return Answer.ok(
        new Rest.Orders(
            found.position().epoch(),
            found.position().seq(),
            asOf,
            found.read().stream().map(view::order).toList()));
  }

  private static Status status(Call call) {
    return switch (call.query("status").orElse("all")) {
      case "open" -> Status.OPEN;
      case "closed" -> Status.CLOSED;
      case "all" -> Status.ALL;
      default -> throw Refused.invalid("status", "must be open, closed or all");
    };
  }

  private Answer submit(Call call, Identity identity) {
    var keys = call.headers(IDEMPOTENCY_KEY);
    if (keys.size() != 1 || !KEY.matcher(keys.getFirst()).matches()) {
      return Answer.problem(
          ProblemCode.BAD_REQUEST,
          "Idempotency-Key is required: 1 to "
              + OrderEntry.MAX_KEY
              + " visible characters, new for each order and the same for each repetition.");
    }
    var request = call.body(OrderRequest.class);
    return switch (desk.submit(identity.user(), request, keys.getFirst())) {
      case Accepted(var order, var epoch, var seq) ->
          Answer.accepted(new Rest.OrderAccepted(view.order(order), epoch, seq));
      case Invalid(var errors) -> Refused.invalid(errors);
      case KeyReused _ ->
          Answer.problem(
              ProblemCode.KEY_REUSED, "This Idempotency-Key came before with another body.");
      case NotLinked _ ->
          Answer.problem(ProblemCode.INVALID, "No broker account is linked to this user.");
    };
  }
}
