package io.portfoliostream.simulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portfoliostream.simulator.broker.AccountBook;
import io.portfoliostream.simulator.broker.Entry;
import io.portfoliostream.simulator.broker.Execution;
import io.portfoliostream.simulator.broker.Refusal;
import io.portfoliostream.simulator.json.ActivityJson;
import io.portfoliostream.simulator.market.TradingCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The filters and the paging of account activities. Times bound their creation, exclusively; a
/// page token is the id of the last activity that was seen.
record Activities(
    Set<String> types,
    Category category,
    Optional<Instant> after,
    Optional<Instant> until,
    Optional<LocalDate> date,
    Optional<String> orderId,
    Optional<String> token,
    boolean ascending,
    int size) {
  private static final int LARGEST_PAGE = 100;
  private static final String FILL = "FILL";

  /// Which activities are wanted beside their types.
  enum Category {
    ALL,
    TRADES,
    OTHERS
  }

  /// One activity.
  ///
  /// @param orderId the order it is about, empty for one about no order
  record Activity(String id, String type, Instant at, String orderId, Supplier<ObjectNode> json) {}

  /// The query of a request.
  ///
  /// @param types what is wanted, none for all
  static Activities of(Request request, Set<String> types) {
    var date = request.parameter("date").map(Activities::date);
    var after = request.parameter("after").map(text -> OrderQuery.time("after", text));
    var until = request.parameter("until").map(text -> OrderQuery.time("until", text));
    if (date.isPresent() && (after.isPresent() || until.isPresent())) {
      throw new RefusedException(Refusal.invalid("date excludes after and until"));
    }
    var category = category(request);
    if (category != Category.ALL && !types.isEmpty()) {
      throw new RefusedException(Refusal.invalid("category excludes activity_types"));
    }
    // A single day is not cut into pages unless somebody asks for them.
    boolean whole = date.isPresent() && request.parameter("page_size").isEmpty();
    return new Activities(
        types,
        category,
        after,
        until,
        date,
        request.parameter("order_id"),
        request.parameter("page_token"),
        OrderQuery.ascending(request),
        whole
            ? Integer.MAX_VALUE
            : OrderQuery.number(request, "page_size", LARGEST_PAGE, LARGEST_PAGE));
  }

  /// The activities of an account that match, in the wanted direction.
  List<Activity> select(AccountBook book) {
    var oldestFirst = all(book);
    var ordered = ascending ? oldestFirst : oldestFirst.reversed();
    Stream<Activity> following = ordered.stream();
    if (token.isPresent()) {
      int index = indexOf(ordered, token.get());
      following = ordered.subList(index + 1, ordered.size()).stream();
    }
    return following.filter(this::matches).limit(size).toList();
  }

  private static List<Activity> all(AccountBook book) {
    var all = new ArrayList<Activity>();
    var profile = book.profile();
    all.add(
        new Activity(
            ActivityJson.id(profile.fundedAt(), profile.id()),
            "JNLC",
            profile.fundedAt(),
            "",
            () -> ActivityJson.deposit(profile, AccountBook.OPENING_DEPOSIT)));
    Set<UUID> amended = new HashSet<>();
    book.executions().values().stream()
        .flatMap(execution -> Optional.ofNullable(execution.previousId()).stream())
        .forEach(amended::add);
    book.executions().values().stream()
        .filter(execution -> execution.kind() != Execution.Kind.BUST)
        .filter(execution -> !amended.contains(execution.id()))
        .map(Activities::fill)
        .forEach(all::add);
    book.entries().values().stream().map(Activities::entry).forEach(all::add);
    all.sort(Comparator.comparing(Activity::at));
    return all;
  }

  private static Activity fill(Execution execution) {
    return new Activity(
        ActivityJson.id(execution.at(), execution.id()),
        FILL,
        execution.at(),
        execution.orderId().toString(),
        () -> ActivityJson.fill(execution));
  }

  private static Activity entry(Entry entry) {
    return new Activity(
        ActivityJson.id(entry.at(), entry.id()),
        entry.type(),
        entry.at(),
        "",
        () -> ActivityJson.entry(entry));
  }

  private boolean matches(Activity activity) {
    boolean wanted =
        switch (category) {
          case ALL -> types.isEmpty() || types.contains(activity.type());
          case TRADES -> activity.type().equals(FILL);
          case OTHERS -> !activity.type().equals(FILL);
        };
    return wanted
        && after.map(activity.at()::isAfter).orElse(true)
        && until.map(activity.at()::isBefore).orElse(true)
        && date.map(TradingCalendar.dateOf(activity.at())::equals).orElse(true)
        && orderId.map(activity.orderId()::equals).orElse(true);
  }

  private static Category category(Request request) {
    return switch (request.parameter("category").orElse("")) {
      case "" -> Category.ALL;
      case "trade_activity" -> Category.TRADES;
      case "non_trade_activity" -> Category.OTHERS;
      default -> throw new RefusedException(Refusal.invalid("invalid category"));
    };
  }

  /// A day, also when it comes with a time.
  private static LocalDate date(String text) {
    return text.length() == 10
        ? TradingCalendar.dateOf(OrderQuery.time("date", text + "T12:00:00Z"))
        : TradingCalendar.dateOf(OrderQuery.time("date", text));
  }

  private static int indexOf(List<Activity> activities, String id) {
    for (int index = 0; index < activities.size(); index++) {
      if (activities.get(index).id().equals(id)) {
        return index;
      }
    }
    throw new RefusedException(Refusal.invalid("invalid page_token"));
  }
}
