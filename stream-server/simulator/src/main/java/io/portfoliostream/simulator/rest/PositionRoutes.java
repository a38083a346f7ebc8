package io.portfoliostream.simulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portfoliostream.simulator.broker.AccountBook;
import io.portfoliostream.simulator.broker.Exchange;
import io.portfoliostream.simulator.broker.Position;
import io.portfoliostream.simulator.broker.Refusal;
import io.portfoliostream.simulator.broker.Side;
import io.portfoliostream.simulator.broker.Submission;
import io.portfoliostream.simulator.broker.Ticket;
import io.portfoliostream.simulator.broker.TimeInForce;
import io.portfoliostream.simulator.desk.Desk;
import io.portfoliostream.simulator.json.Json;
import io.portfoliostream.simulator.json.PositionJson;
import io.portfoliostream.simulator.market.Listing;
import io.portfoliostream.simulator.rest.Route.Call;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/// `/v2/positions`.
final class PositionRoutes {
  private static final Refusal NO_POSITION = Refusal.notFound("position does not exist");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final int QTY_SCALE = 9;

  private final Desk desk;

  PositionRoutes(Desk desk) {
    this.desk = desk;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v2/positions", this::list),
        Route.of("DELETE", "/v2/positions", this::closeAll),
        Route.of("GET", "/v2/positions/{symbol}", this::one),
        Route.of("DELETE", "/v2/positions/{symbol}", this::close));
  }

  private Response list(Call call) {
    return desk.call(exchange -> {
      var array = Json.array();
      var book = exchange.book(call.account().name());
      for (var position : book.positions()) {
        array.add(json(exchange, book, position));
      }
      return Response.ok(array);
    });
  }

  private Response one(Call call) {
    return desk.call(exchange -> {
      var book = exchange.book(call.account().name());
      return find(exchange, book, call.variable("symbol"))
          .map(position -> Response.ok(json(exchange, book, position)))
          .orElse(Response.refused(NO_POSITION));
    });
  }

  private Response close(Call call) {
    return desk.call(exchange -> {
      var book = exchange.book(call.account().name());
      var position = find(exchange, book, call.variable("symbol"));
      if (position.isEmpty()) {
        return Response.refused(NO_POSITION);
      }
      var qty = qtyToClose(call.request(), position.get());
      return OrderRoutes.answer(
          closing(exchange, book, position.get(), qty), exchange, book.profile().name());
    });
  }

  private Response closeAll(Call call) {
    boolean cancel = call.request().parameter("cancel_orders").map("true"::equals).orElse(false);
    return desk.call(exchange -> {
      var book = exchange.book(call.account().name());
      if (cancel) {
        book.openOrders().forEach(order -> exchange.cancelNow(book.profile().name(), order.id()));
      }
      var results = Json.array();
      for (var position : List.copyOf(book.positions())) {
        var closed =
            OrderRoutes.answer(
                closing(exchange, book, position, position.qty().abs()),
                exchange,
                book.profile().name());
        results
            .addObject()
            .put("symbol", position.symbol().replace("/", ""))
            .put("status", closed.status())
            .set("body", closed.body());
      }
      return Response.multiStatus(results);
    });
  }

  private static Submission closing(
      Exchange exchange, AccountBook book, Position position, BigDecimal qty) {
    var ticket =
        Ticket.market(
            exchange.newClientOrderId(),
            position.symbol(),
            position.isShort() ? Side.BUY : Side.SELL,
            qty);
    boolean crypto = exchange.listings().find(position.symbol()).orElseThrow().isCrypto();
    return exchange.submit(book.profile().name(), crypto ? ticket.with(TimeInForce.GTC) : ticket);
  }

  private static BigDecimal qtyToClose(Request request, Position position) {
    var held = position.qty().abs();
    var qty = request.parameter("qty").map(text -> Fields.decimal("qty", text));
    var percentage =
        request.parameter("percentage").map(text -> Fields.decimal("percentage", text));
    if (qty.isPresent() && percentage.isPresent()) {
      throw new RefusedException(Refusal.invalid("only one of qty or percentage is accepted"));
    }
    if (percentage.isPresent() && percentage.get().compareTo(HUNDRED) > 0) {
      throw new RefusedException(Refusal.invalid("percentage must be <= 100"));
    }
    var wanted =
        percentage
            .map(share -> held.multiply(share).divide(HUNDRED, QTY_SCALE, RoundingMode.DOWN))
            .or(() -> qty)
            .orElse(held);
    if (wanted.signum() <= 0) {
      throw new RefusedException(Refusal.invalid("qty must be > 0"));
    }
    return wanted;
  }

  private static Optional<Position> find(Exchange exchange, AccountBook book, String symbolOrId) {
    var symbol =
        AssetRoutes.find(exchange.listings(), symbolOrId).map(Listing::symbol).orElse(symbolOrId);
    return Optional.of(book.position(symbol)).filter(position -> !position.isFlat());
  }

  private static ObjectNode json(Exchange exchange, AccountBook book, Position position) {
    var listing = exchange.listings().find(position.symbol()).orElseThrow();
    return PositionJson.of(position, book, listing, exchange.prices().mark(position.symbol()));
  }
}
