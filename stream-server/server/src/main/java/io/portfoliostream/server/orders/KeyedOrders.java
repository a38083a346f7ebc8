package io.portfoliostream.server.orders;

import io.portfoliostream.protocol.Json;
import io.portfoliostream.server.database.Columns;
import io.portfoliostream.server.ledger.Books;
import io.portfoliostream.server.ledger.Ledger;
import io.portfoliostream.server.portfolio.Cause;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.UserId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/// Books orders once per idempotency key.
final class KeyedOrders {
  private final Ledger ledger;
  private final InstantSource clock;

  KeyedOrders(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /// A request that its client may send again.
  ///
  /// @param content what the request asks for, of which only a hash is kept
  record Keyed(UserId user, String key, Object content) {}

  /// Books the orders that `rule` records, unless the key came before.
  ///
  /// @return accepted, or refused since the key came before with another content
  OrderResult book(Keyed request, Function<Books, List<Order>> rule) {
    var hash = hash(request.content());
    var result = new AtomicReference<OrderResult>(new OrderResult.KeyReused());
    var booking =
        ledger.book(
            request.user(),
            Cause.ORDER_ENTRY,
            clock.instant(),
            books -> result.set(decide(books, request.key(), hash, rule)));
    return result.get() instanceof OrderResult.Accepted(var orders, _, var seq)
        ? new OrderResult.Accepted(
            orders, booking.isPresent() ? booking.get().epoch() : epoch(request.user()), seq)
        : result.get();
  }

  private static OrderResult decide(
      Books books, String key, String hash, Function<Books, List<Order>> rule) {
    var earlier = earlier(books, key);
    if (earlier.isEmpty()) {
      var orders = rule.apply(books);
      orders.forEach(order -> remember(books, key, hash, order));
      return new OrderResult.Accepted(orders, "", books.lastSeq());
    }
    if (!earlier.getFirst().hash().equals(hash)) {
      return new OrderResult.KeyReused();
    }
    return new OrderResult.Accepted(
        earlier.stream().map(Earlier::order).toList(), "", earlier.getLast().seq());
  }

  private String epoch(UserId user) {
    var head = Optional.ofNullable(ledger.reads().positions(List.of(user)).get(user));
    return head.orElseThrow().epoch();
  }

  private static void remember(Books books, String key, String hash, Order order) {
    books.store(
        """
        insert into order_key (user_id, key, request_hash, order_id, seq) values (?, ?, ?, ?, ?)
        """,
        books.user().value(),
        key,
        hash,
        order.id(),
        books.lastSeq());
  }

  private static List<Earlier> earlier(Books books, String key) {
    return books
        .handle()
        .createQuery(
            """
            select request_hash, seq, order_id from order_key
            where user_id = :user and key = :key order by order_id
            """)
        .bind("user", books.user().value())
        .bind("key", key)
        .map((row, _) ->
            new Earlier(
                Columns.text(row, "request_hash"),
                row.getLong("seq"),
                books.order(Columns.text(row, "order_id")).orElseThrow()))
        .list();
  }

  private static String hash(Object content) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(Json.write(content)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private record Earlier(String hash, long seq, Order order) {}
}
