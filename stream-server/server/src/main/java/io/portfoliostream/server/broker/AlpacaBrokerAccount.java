package io.portfoliostream.server.broker;

import io.portfoliostream.alpaca.AlpacaException;
import io.portfoliostream.alpaca.AlpacaException.OutcomeUnknown;
import io.portfoliostream.alpaca.AlpacaException.RateLimited;
import io.portfoliostream.alpaca.AlpacaException.Rejected;
import io.portfoliostream.alpaca.AlpacaException.Unauthorized;
import io.portfoliostream.alpaca.AlpacaException.Unreachable;
import io.portfoliostream.alpaca.AlpacaRest;
import io.portfoliostream.server.ledger.OrderReport;
import io.portfoliostream.server.portfolio.Order;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A broker account at Alpaca, or at a simulator that speaks its protocol.
public final class AlpacaBrokerAccount implements BrokerAccount {
  private static final Duration UNREACHABLE_PAUSE = Duration.ofSeconds(2);

  private final AlpacaRest rest;
  private final InstantSource clock;

  /// Creates the account on a client that carries its credentials.
  public AlpacaBrokerAccount(AlpacaRest rest, InstantSource clock) {
    this.rest = rest;
    this.clock = clock;
  }

  @Override
  public Submission submit(Order order) {
    try {
      return new Submission.Accepted(
          AlpacaMapping.report(rest.submit(AlpacaMapping.request(order))));
    } catch (AlpacaException e) {
      return switch (e) {
        case Rejected rejected when rejected.isDuplicateClientOrderId() ->
            new Submission.Unknown("the broker has this client order id already");
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
    return read("open orders", () -> AlpacaMapping.reports(rest.openOrders()));
  }

  @Override
  public List<OrderReport> ordersAfter(Instant submittedAfter) {
    return read("orders", () -> AlpacaMapping.reports(rest.ordersAfter(submittedAfter)));
  }

  @Override
  public List<BrokerFill> fills(@Nullable String cursor, @Nullable Instant after) {
    return read(
        "executions", () -> rest.fills(cursor, after).stream().map(AlpacaMapping::fill).toList());
  }

  @Override
  public List<BrokerPosition> positions() {
    return read("positions", () -> rest.positions().stream().map(AlpacaMapping::position).toList());
  }

  @Override
  public BrokerMoney money() {
    var askedAt = clock.instant();
    return read("account", () -> AlpacaMapping.money(rest.account(), askedAt));
  }

  private static <T> T read(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (AlpacaException e) {
      throw new BrokerUnavailable("cannot read " + what + ": " + e.getMessage(), e);
    }
  }
}
