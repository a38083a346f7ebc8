package io.portfoliostream.simulator.rest;

import io.portfoliostream.simulator.broker.Order;
import io.portfoliostream.simulator.broker.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The filters and the paging of `GET /v2/orders`. Times bound the submission, exclusively.
record OrderQuery(
    Predicate<Order> filter,
    boolean ascending,
    int limit,
    boolean nested,
    Optional<UUID> afterOrder,
    Optional<UUID> beforeOrder) {
  private static final int DEFAULT_LIMIT = 50;
  private static final int LARGEST_LIMIT = 500;

  static OrderQuery of(Request request) {
    var afterOrder = request.parameter("after_order_id").map(OrderQuery::uuid);
    var beforeOrder = request.parameter("before_order_id").map(OrderQuery::uuid);
    var after = request.parameter("after").map(text -> time("after", text));
    var until = request.parameter("until").map(text -> time("until", text));
    if ((afterOrder.isPresent() || beforeOrder.isPresent())
        && (after.isPresent() || until.isPresent())) {
      throw new RefusedException(
          Refusal.invalid("after_order_id and before_order_id exclude after and until"));
    }
    var filter =
        status(request.parameter("status").orElse("open"))
            .and(symbols(request))
            .and(side(request))
            .and(assetClass(request))
            .and(order -> after.map(order.times().createdAt()::isAfter).orElse(true))
            .and(order -> until.map(order.times().createdAt()::isBefore).orElse(true));
    return new OrderQuery(
        filter, ascending(request), limit(request), nested(request), afterOrder, beforeOrder);
  }

  /// The orders that match, in the wanted direction.
  ///
  /// @param oldestFirst all orders
  List<Order> select(Collection<Order> oldestFirst) {
    var window = new ArrayList<>(oldestFirst);
    afterOrder.ifPresent(id -> window.subList(0, indexOf(window, id) + 1).clear());
    beforeOrder.ifPresent(id -> window.subList(indexOf(window, id), window.size()).clear());
    Stream<Order> ordered = ascending ? window.stream() : window.reversed().stream();
    return ordered.filter(filter).filter(this::isListed).limit(limit).toList();
  }

  /// Whether legs are listed within their parents instead of on their own.
  static boolean nested(Request request) {
    return switch (request.parameter("nested").orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new RefusedException(Refusal.invalid("nested must be true or false"));
    };
  }

  private boolean isListed(Order order) {
    return !nested || order.links().parent() == null;
  }

  static Instant time(String name, String text) {
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException _) {
      throw new RefusedException(Refusal.invalid(name + " is not a valid time"));
    }
  }

  static boolean ascending(Request request) {
    return switch (request.parameter("direction").orElse("desc")) {
      case "asc" -> true;
      case "desc" -> false;
      default -> throw new RefusedException(Refusal.invalid("invalid direction"));
    };
  }

  static int number(Request request, String name, int standard, int largest) {
    try {
      int value = request.parameter(name).map(Integer::parseInt).orElse(standard);
      if (value >= 1 && value <= largest) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Answered like a number out of range.
    }
    throw new RefusedException(Refusal.invalid(name + " must be between 1 and " + largest));
  }

  static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException _) {
      throw new RefusedException(Refusal.notFound("order not found for " + text));
    }
  }

  private static int limit(Request request) {
    return number(request, "limit", DEFAULT_LIMIT, LARGEST_LIMIT);
  }

  private static Predicate<Order> status(String status) {
    return switch (status) {
      case "open" -> Order::isOpen;
      case "closed" -> order -> !order.isOpen();
      case "all" -> _ -> true;
      default -> throw new RefusedException(Refusal.invalid("invalid status"));
    };
  }

  /// Coins are named with their slash or without it.
  private static Predicate<Order> symbols(Request request) {
    var symbols = request.parameter("symbols").map(OrderQuery::list);
    return order -> {
      var symbol = order.ticket().symbol();
      return symbols
          .map(set -> set.contains(symbol) || set.contains(symbol.replace("/", "")))
          .orElse(true);
    };
  }

  private static Predicate<Order> assetClass(Request request) {
    var wanted = request.parameter("asset_class").map(OrderQuery::list);
    return order ->
        wanted
            .map(
                set -> set.contains(order.ticket().symbol().contains("/") ? "crypto" : "us_equity"))
            .orElse(true);
  }

  private static Predicate<Order> side(Request request) {
    var side = request.parameter("side").map(text -> text.toLowerCase(Locale.ROOT));
    return order -> side.map(order.ticket().side().wire()::equals).orElse(true);
  }

  static Set<String> list(String text) {
    return Stream.of(text.split(",", -1))
        .map(String::strip)
        .filter(symbol -> !symbol.isEmpty())
        .collect(Collectors.toSet());
  }

  private static int indexOf(List<Order> orders, UUID id) {
    for (int index = 0; index < orders.size(); index++) {
      if (orders.get(index).id().equals(id)) {
        return index;
      }
    }
    throw new RefusedException(Refusal.notFound("order not found for " + id));
  }
}
