package io.portfoliostream.simulator.testkit;

import io.portfoliostream.simulator.broker.AccountBook;
import io.portfoliostream.simulator.broker.AccountProfile;
import io.portfoliostream.simulator.broker.AccountState;
import io.portfoliostream.simulator.broker.Balance;
import io.portfoliostream.simulator.broker.Exchange;
import io.portfoliostream.simulator.broker.ExchangeRules;
import io.portfoliostream.simulator.broker.ExchangeState;
import io.portfoliostream.simulator.broker.FillPolicy;
import io.portfoliostream.simulator.broker.Order;
import io.portfoliostream.simulator.broker.Position;
import io.portfoliostream.simulator.broker.Side;
import io.portfoliostream.simulator.broker.Submission;
import io.portfoliostream.simulator.broker.Ticket;
import io.portfoliostream.simulator.broker.TradeUpdate;
import io.portfoliostream.simulator.faults.FaultBoard;
import io.portfoliostream.simulator.market.Listings;
import io.portfoliostream.simulator.market.MarketHours;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/// An exchange on a manual clock with two accounts, `alice` and `bob`, of 100,000 dollars each.
public final class Market {
  /// The account that most tests use.
  public static final String ALICE = "alice";

  /// An account that holds nothing and may not short.
  public static final String BOB = "bob";

  private static final Listings LISTINGS = Listings.of(Listings.WELL_KNOWN);

  private final ManualClock clock;
  private final ExchangeRules rules;
  private final Exchange exchange;
  private final FaultBoard faults;
  private int orders;

  private Market(ManualClock clock, ExchangeRules rules, ExchangeState state) {
    this.clock = clock;
    this.rules = rules;
    this.exchange = new Exchange(rules, LISTINGS, clock, state, List.of());
    this.faults = new FaultBoard(clock, new SplittableRandom(1));
  }

  private Market(ManualClock clock, ExchangeRules rules, List<Position> held) {
    this(clock, rules, Exchange.begin(rules, LISTINGS, accounts(held, clock), clock.instant()));
  }

  private Market(FillPolicy fills, int ticksPerSecond, long seed, List<Position> held) {
    this(new ManualClock(), ExchangeRules.of(seed, 1, ticksPerSecond, fills), held);
  }

  private static List<AccountState> accounts(List<Position> held, ManualClock clock) {
    return List.of(account(ALICE, 1, true, held, clock), account(BOB, 2, false, List.of(), clock));
  }

  /// A market whose prices move only by [#price] and whose orders fill in one execution.
  public static Market quiet() {
    return of(0);
  }

  /// A quiet market in which this share of orders fills in parts.
  public static Market of(double splitShare) {
    return new Market(fills(splitShare), 0, 1, List.of());
  }

  /// A quiet market in which Alice holds something over night.
  public static Market holding(String symbol, String qty, String entryPrice) {
    var position = Position.overnight(symbol, decimal(qty), decimal(entryPrice));
    return new Market(fills(0), 0, 1, List.of(position));
  }

  /// A quiet market that keeps the sessions of New York, in which Alice holds 100 AAPL.
  public static Market inSessions(Instant now) {
    var position = Position.overnight("AAPL", decimal("100"), decimal("150"));
    var rules = ExchangeRules.of(1, 1, 0, fills(0)).with(MarketHours.NEW_YORK);
    return new Market(new ManualClock(now), rules, List.of(position));
  }

  /// A market with moving prices on a Friday at the open.
  public static Market trading(long seed, int ticksPerSecond) {
    var clock = new ManualClock(Instant.parse("2026-11-20T14:30:00Z"));
    return new Market(
        clock, ExchangeRules.of(seed, 1, ticksPerSecond, fills(0.3)), List.<Position>of());
  }

  /// A market with moving prices that keeps the sessions of New York.
  public static Market livelyInSessions(Instant now) {
    var rules = ExchangeRules.of(1, 1, 40, fills(0)).with(MarketHours.NEW_YORK);
    return new Market(new ManualClock(now), rules, List.of());
  }

  /// A market with moving prices.
  public static Market lively(long seed) {
    return new Market(fills(0.5), 40, seed, List.of());
  }

  /// An account state to begin with.
  public static AccountState account(
      String name, int number, boolean shorting, List<Position> held, ManualClock clock) {
    var cash = AccountBook.OPENING_DEPOSIT;
    var profile =
        new AccountProfile(
            new UUID(0x4000L, number),
            name,
            "PK" + name,
            "secret-" + name,
            "PA" + number,
            2,
            shorting,
            clock.instant());
    return AccountState.begin(profile, new Balance(cash, cash, BigDecimal.ZERO), held);
  }

  /// This market as it would be after a restart.
  public Market restarted() {
    return new Market(clock, rules, exchange.state());
  }

  /// The exchange itself.
  public Exchange exchange() {
    return exchange;
  }

  /// A board without faults, on the clock of the exchange.
  public FaultBoard faults() {
    return faults;
  }

  /// The clock of the exchange.
  public ManualClock clock() {
    return clock;
  }

  /// Alice's book.
  public AccountBook alice() {
    return exchange.book(ALICE);
  }

  /// Moves the last price of a symbol.
  public void price(String symbol, String price) {
    exchange.movePrice(symbol, decimal(price));
  }

  /// Lets time pass until an instant.
  public void passTo(String instant) {
    pass(Duration.between(clock.instant(), Instant.parse(instant)));
  }

  /// Lets time pass.
  public void pass(Duration duration) {
    clock.advance(duration);
    exchange.advance();
  }

  /// Lets orders that can fill do so.
  public void passFill() {
    pass(Duration.ofSeconds(2));
  }

  /// Places a market order of Alice.
  public Submission trade(Side side, String symbol, String qty) {
    return submit(ALICE, Ticket.market(nextId(), symbol, side, decimal(qty)));
  }

  /// Places an order.
  public Submission submit(String account, Ticket ticket) {
    return exchange.submit(account, ticket);
  }

  /// The order that a submission brought, as it stands now.
  public Order order(Submission submission) {
    return switch (submission) {
      case Submission.Accepted(var order) -> alice().order(order.id()).orElseThrow();
      case Submission.Refused(var refusal) ->
          throw new AssertionError("refused: " + refusal.message());
    };
  }

  /// An order of Alice as it stands now.
  public Order order(UUID id) {
    return alice().order(id).orElseThrow();
  }

  /// The events that the trading stream would have told since the last call.
  public List<String> events() {
    return updates().stream().map(TradeUpdate::event).toList();
  }

  /// What the trading stream would have said since the last call.
  public List<TradeUpdate> updates() {
    return new ArrayList<>(exchange.drain().updates());
  }

  /// A client order id that was not used yet.
  public String nextId() {
    return "test-" + ++orders;
  }

  private static FillPolicy fills(double splitShare) {
    return new FillPolicy(
        Duration.ofMillis(15), Duration.ofMillis(150), Duration.ofMillis(400), splitShare);
  }

  private static BigDecimal decimal(String value) {
    return new BigDecimal(value);
  }
}
