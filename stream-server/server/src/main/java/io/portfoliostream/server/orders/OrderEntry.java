package io.portfoliostream.server.orders;

import io.portfoliostream.protocol.ClientMessageCodec;
import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.server.ledger.Books;
import io.portfoliostream.server.ledger.Ledger;
import io.portfoliostream.server.orders.KeyedOrders.Keyed;
import io.portfoliostream.server.orders.OrderValidation.Checked.Invalid;
import io.portfoliostream.server.orders.OrderValidation.Checked.Valid;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.Order.Links;
import io.portfoliostream.server.portfolio.Order.Progress;
import io.portfoliostream.server.portfolio.Order.Terms;
import io.portfoliostream.server.portfolio.Position;
import io.portfoliostream.server.portfolio.Side;
import io.portfoliostream.server.portfolio.UserId;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes orders in: an accepted order is booked as queued and its submission enqueued, in one
/// transaction. The outcome comes later, as events of the order.
///
/// Every method throws [io.portfoliostream.server.ledger.LedgerUnavailable] when nothing could be
/// stored; the same key may be tried again.
public final class OrderEntry {
  /// Longest idempotency key, in characters.
  public static final int MAX_KEY = 128;

  private final KeyedOrders keyed;
  private final Supplier<String> newId;
  private final Function<UserId, Permission> permissions;
  private final Runnable wake;

  /// Creates order entry.
  ///
  /// @param newId names an order
  /// @param permissions whether a user may send orders
  /// @param wake tells the worker that there is work
  public OrderEntry(
      Ledger ledger,
      InstantSource clock,
      Supplier<String> newId,
      Function<UserId, Permission> permissions,
      Runnable wake) {
    this.keyed = new KeyedOrders(ledger, clock);
    this.newId = newId;
    this.permissions = permissions;
    this.wake = wake;
  }

  /// Takes an order in, once per idempotency key.
  public OrderResult submit(UserId user, OrderRequest request, String idempotencyKey) {
    var permission = permissions.apply(user);
    if (permission != Permission.TRADE) {
      return new OrderResult.NotAllowed(permission);
    }
    return switch (OrderValidation.check(request)) {
      case Invalid(var errors) -> new OrderResult.Invalid(errors);
      case Valid(var terms) ->
          book(new Keyed(user, idempotencyKey, request), books -> List.of(enqueued(books, terms)));
    };
  }

  /// Closes a position by a market order for all of it, once per idempotency key.
  public OrderResult close(UserId user, String symbol, String idempotencyKey) {
    if (!ClientMessageCodec.isSymbol(symbol)) {
      return new OrderResult.NotFound();
    }
    var result = closing(user, symbol, idempotencyKey);
    return result instanceof OrderResult.Accepted accepted && accepted.orders().isEmpty()
        ? new OrderResult.NotFound()
        : result;
  }

  /// Closes all positions, each by a market order, once per idempotency key.
  public OrderResult closeAll(UserId user, String idempotencyKey) {
    return closing(user, null, idempotencyKey);
  }

  private OrderResult closing(UserId user, @Nullable String symbol, String idempotencyKey) {
    var permission = permissions.apply(user);
    if (permission != Permission.TRADE) {
      return new OrderResult.NotAllowed(permission);
    }
    var content = List.of("close", symbol == null ? "*" : symbol);
    return book(
        new Keyed(user, idempotencyKey, content),
        books ->
            books.positions().stream()
                .map(held -> held.position())
                .filter(position -> !position.isClosed())
                .filter(position -> symbol == null || position.symbol().equals(symbol))
                .map(position -> enqueued(books, closing(position)))
                .toList());
  }

  private OrderResult book(Keyed request, Function<Books, List<Order>> rule) {
    var result = keyed.book(request, rule);
    wake.run();
    return result;
  }

  private Order enqueued(Books books, Terms terms) {
    var id = newId.get();
    var order =
        new Order(id, null, id, terms, Progress.queued(), Links.NONE, books.now(), books.now());
    books.record(order);
    JobQueue.enqueue(books, JobKind.SUBMIT, order.id(), order.id());
    return order;
  }

  private static Terms closing(Position position) {
    var isCoin = OrderValidation.isCoin(position.symbol());
    return new Terms(
        position.symbol(),
        position.quantity().signum() > 0 ? Side.SELL : Side.BUY,
        OrderValidation.MARKET,
        isCoin ? OrderValidation.GTC : OrderValidation.DAY,
        position.quantity().abs(),
        null,
        null,
        null,
        null,
        null,
        false,
        null,
        null,
        position.strategyId());
  }
}
