package io.portfoliostream.server.gateway;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.portfoliostream.protocol.OrderChange;
import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.protocol.ProblemCode;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.server.audit.AuditAction;
import io.portfoliostream.server.auth.Identity;
import io.portfoliostream.server.ledger.OrderFilter;
import io.portfoliostream.server.ledger.OrderFilter.Status;
import io.portfoliostream.server.orders.OrderChanges;
import io.portfoliostream.server.orders.OrderEntry;
import io.portfoliostream.server.orders.OrderResult;
import io.portfoliostream.server.orders.Permission;
import io.portfoliostream.server.stream.WireView;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The own orders: reads, new ones, changes, cancellations, and orders that close positions.
///
/// @param trail has each order that is placed: who and which, not what
record OrderRoutes(
    Reading reading, WireView view, OrderEntry entry, OrderChanges changes, Trail trail) {
  private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1," + OrderEntry.MAX_KEY + "}");
  private static final int ORDERS = 100;
  private static final int MAX_ORDERS = 500;

  List<Resource> resources() {
    return List.of(
        Resource.at("/api/orders").own("GET", this::orders).own("POST", this::submit),
        Resource.at("/api/orders/{orderId}")
            .own("GET", this::order)
            .own("PATCH", this::change)
            .own("DELETE", this::cancel),
        Resource.at("/api/positions/{symbol}").own("DELETE", this::close));
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

  private Answer order(Call call, Identity identity) {
    var asOf = reading.clock().instant();
    var user = identity.user();
    var id = call.path("orderId");
    var found = reading.at(user, () -> reading.reads().order(user, id));
    if (found.read().isEmpty()) {
      return notFound();
    }
    var order = view.order(found.read().get());
    return Answer.ok(
        new Rest.Orders(found.position().epoch(), found.position().seq(), asOf, List.of(order)));
  }

  private Answer submit(Call call, Identity identity) {
    var key = key(call);
    var request = call.body(OrderRequest.class);
    var result = entry.submit(identity.user(), request, key);
    return answer(noted(call, identity, result), this::one);
  }

  private Answer change(Call call, Identity identity) {
    var change = call.body(OrderChange.class);
    var result = changes.change(identity.user(), call.path("orderId"), change);
    return answer(noted(call, identity, result), this::one);
  }

  private Answer cancel(Call call, Identity identity) {
    return answer(changes.cancel(identity.user(), call.path("orderId")), this::one);
  }

  private Answer close(Call call, Identity identity) {
    var result = entry.close(identity.user(), call.path("symbol"), key(call));
    return answer(noted(call, identity, result), this::one);
  }

  /// Closes all positions; its path belongs to the reads of positions.
  Answer closeAll(Call call, Identity identity) {
    return answer(
        noted(call, identity, entry.closeAll(identity.user(), key(call))),
        accepted ->
            new Rest.OrdersAccepted(
                accepted.orders().stream().map(view::order).toList(),
                accepted.epoch(),
                accepted.seq()));
  }

  private OrderResult noted(Call call, Identity identity, OrderResult result) {
    if (result instanceof OrderResult.Accepted accepted) {
      for (var order : accepted.orders()) {
        trail.note(call, identity, AuditAction.ORDER_PLACED, order.id(), null);
      }
    }
    return result;
  }

  private static String key(Call call) {
    var keys = call.headers(IDEMPOTENCY_KEY);
    if (keys.size() == 1 && KEY.matcher(keys.getFirst()).matches()) {
      return keys.getFirst();
    }
    throw new Refused(
        Answer.problem(
            ProblemCode.BAD_REQUEST,
            "Idempotency-Key is required: 1 to "
                + OrderEntry.MAX_KEY
                + " visible characters, new for each order and the same for each repetition."));
  }

  private Rest.OrderAccepted one(OrderResult.Accepted accepted) {
    var order = view.order(accepted.orders().getFirst());
    return new Rest.OrderAccepted(order, accepted.epoch(), accepted.seq());
  }

  private static Answer answer(OrderResult result, Function<OrderResult.Accepted, Object> content) {
    return switch (result) {
      case OrderResult.Accepted accepted -> Answer.accepted(content.apply(accepted));
      case OrderResult.Invalid(var errors) -> Refused.invalid(errors);
      case OrderResult.KeyReused _ ->
          Answer.problem(
              ProblemCode.KEY_REUSED, "This Idempotency-Key came before with another body.");
      case OrderResult.NotFound _ -> notFound();
      case OrderResult.TooLate(var reason) -> Answer.problem(ProblemCode.CONFLICT, reason);
      case OrderResult.NotAllowed(var permission) -> notAllowed(permission);
    };
  }

  private static Answer notFound() {
    return Answer.problem(ProblemCode.NOT_FOUND, "There is no such order or position of yours.");
  }

  private static Answer notAllowed(Permission permission) {
    return permission == Permission.VIEW_ONLY
        ? Answer.problem(ProblemCode.FORBIDDEN, "The broker account is linked for viewing alone.")
        : Answer.problem(ProblemCode.INVALID, "No broker account is linked to this user.");
  }
}
