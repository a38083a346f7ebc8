package io.portfoliostream.server.broker;

import io.portfoliostream.alpaca.AlpacaException;
import io.portfoliostream.alpaca.AlpacaException.OutcomeUnknown;
import io.portfoliostream.alpaca.AlpacaException.RateLimited;
import io.portfoliostream.alpaca.AlpacaException.Rejected;
import io.portfoliostream.alpaca.AlpacaException.Unauthorized;
import io.portfoliostream.alpaca.AlpacaException.Unreachable;
import io.portfoliostream.alpaca.AlpacaHistoryQuery;
import io.portfoliostream.alpaca.AlpacaOrder;
import io.portfoliostream.alpaca.AlpacaRest;
import io.portfoliostream.server.ledger.OrderReport;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.Order.Terms;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A broker account at Alpaca, or at a simulator that speaks its protocol.
public final class AlpacaBrokerAccount implements BrokerAccount {
  private static final int UNPROCESSABLE = 422;
  private static final Duration UNREACHABLE_PAUSE = Duration.ofSeconds(2);

  private final AlpacaRest rest;
  private final AlpacaRest background;
  private final InstantSource clock;

  /// Creates the account on a client that carries its credentials.
  public AlpacaBrokerAccount(AlpacaRest rest, InstantSource clock) {
    this.rest = rest;
    this.background = rest.inBackground();
    this.clock = clock;
  }

  @Override
  public Submission submit(Order order) {
    return submission(() -> rest.submit(AlpacaMapping.request(order)));
  }

  @Override
  public Submission replace(String replaced, Terms terms, Order order) {
    var request = AlpacaMapping.replacement(terms, order);
    return request.isPresent()
        ? submission(() -> rest.replace(replaced, request.get()))
        : new Submission.Refused("the order to replace is like that already");
  }

  @Override
  public Cancellation cancel(String brokerId) {
    try {
      rest.cancel(brokerId);
      return new Cancellation.Requested();
    } catch (AlpacaException e) {
      return switch (e) {
        case Rejected rejected -> new Cancellation.TooLate(rejected.message());
        case Unauthorized _ ->
            new Cancellation.TooLate("the broker does not accept the linked account's keys");
        case RateLimited limited -> new Cancellation.Unknown("rate limited", limited.retryAfter());
        case Unreachable _ -> new Cancellation.Unknown("broker unreachable", UNREACHABLE_PAUSE);
        case OutcomeUnknown unknown ->
            new Cancellation.Unknown(String.valueOf(unknown.getMessage()), Duration.ZERO);
      };
    }
  }

  private static Submission submission(Supplier<AlpacaOrder> call) {
    try {
      return new Submission.Accepted(AlpacaMapping.reports(List.of(call.get())));
    } catch (AlpacaException e) {
      return switch (e) {
        case Rejected rejected when rejected.isDuplicateClientOrderId() ->
            new Submission.Unknown("the broker has this client order id already");
        case Rejected rejected when rejected.status() == UNPROCESSABLE ->
            new Submission.Doubtful(rejected.message());
        case Rejected rejected -> new Submission.Refused(rejected.message());
        case Unauthorized _ ->
            new Submission.Refused("the broker does not accept the linked account's keys");
        case RateLimited limited -> new Submission.NotSent("rate limited", limited.retryAfter());
        case Unreachable _ -> new Submission.NotSent("broker unreachable", UNREACHABLE_PAUSE);
        case OutcomeUnknown unknown -> new Submission.Unknown(String.valueOf(unknown.getMessage()));
      };
    }
  }

  @Override
  public Optional<OrderReport> orderByClientId(String clientOrderId) {
    return read("order", () -> rest.orderByClientId(clientOrderId).map(AlpacaMapping::report));
  }

  @Override
  public Optional<OrderReport> order(String brokerId) {
    return read("order", () -> rest.order(brokerId).map(AlpacaMapping::report));
  }

  @Override
  public List<OrderReport> openOrders() {
    return read("open orders", () -> AlpacaMapping.reports(background.openOrders()));
  }

  @Override
  public List<OrderReport> ordersAfter(Instant submittedAfter) {
    return read("orders", () -> AlpacaMapping.reports(background.ordersAfter(submittedAfter)));
  }

  @Override
  public List<BrokerFill> fills(@Nullable String cursor, @Nullable Instant after) {
    return readAfter(
        cursor,
        "executions",
        () -> background.fills(cursor, after).stream().map(AlpacaMapping::fill).toList());
  }

  @Override
  public List<BrokerFill> fillsOf(String brokerId) {
    return read(
        "executions of an order",
        () -> background.fillsOf(brokerId).stream().map(AlpacaMapping::fill).toList());
  }

  @Override
  public List<BrokerActivity> activities(@Nullable String cursor, @Nullable Instant after) {
    return readAfter(
        cursor,
        "activities",
        () ->
            background.activities(List.of(), cursor, after).stream()
                .map(AlpacaMapping::activity)
                .toList());
  }

  @Override
  public List<BrokerPosition> positions() {
    return read(
        "positions", () -> background.positions().stream().map(AlpacaMapping::position).toList());
  }

  @Override
  public BrokerMoney money() {
    var askedAt = clock.instant();
    return read("account", () -> AlpacaMapping.money(rest.account(), askedAt));
  }

  @Override
  public EquityCurve equity(EquityQuery query) {
    var asked = AlpacaHistoryQuery.of(query.period(), query.timeframe());
    return read("the equity curve", () -> AlpacaMapping.curve(background.portfolioHistory(asked)));
  }

  /// Alpaca refuses a page token that names nothing with 422.
  private static <T> T readAfter(@Nullable String cursor, String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (Rejected e) {
      if (cursor != null && e.status() == UNPROCESSABLE) {
        throw new UnknownCursor("cannot read " + what + " after " + cursor, e);
      }
      throw unavailable(what, e);
    } catch (AlpacaException e) {
      throw unavailable(what, e);
    }
  }

  private static BrokerUnavailable unavailable(String what, AlpacaException cause) {
    return new BrokerUnavailable("cannot read " + what + ": " + cause.getMessage(), cause);
  }

  private static <T> T read(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (AlpacaException e) {
      throw unavailable(what, e);
    }
  }
}
