package io.portfoliostream.simulator.broker;

import io.portfoliostream.simulator.market.Listings;
import io.portfoliostream.simulator.market.MarketPoint;
import io.portfoliostream.simulator.market.MarketState;
import io.portfoliostream.simulator.market.Prices;
import io.portfoliostream.simulator.market.SeededRandom;
import io.portfoliostream.simulator.market.Tick;
import io.portfoliostream.simulator.market.TradingCalendar;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The broker: accounts, prices and orders on one timeline.
///
/// It moves only when it is asked to ([#advance()] and the commands, which advance first), and does
/// ticks, fills and day ends in the order of their times, so that the same seed, commands and clock
/// give the same day. What changed is collected until [#drain()] takes it. Not thread-safe: one
/// owner calls it.
public final class Exchange {
  private static final Duration LONGEST_CATCH_UP = Duration.ofMinutes(1);
  private static final int MOST_WORK = 1_000_000;
  private static final int SAMPLE_SECONDS = 300;
  private static final int MOST_SAMPLED = 50;

  private final ExchangeRules rules;
  private final InstantSource clock;
  private final Listings listings;
  private final Prices prices;
  private final SequencedMap<String, AccountBook> books = new LinkedHashMap<>();
  private final SequencedSet<AccountBook> touched = new LinkedHashSet<>();
  private final Agenda agenda = new Agenda();
  private final Identities identities;
  private final SeededRandom fills;
  private final Timeline time;
  private final OrderHours hours;
  private final Figures figures;
  private final Announcements announcements;
  private final OrderFlow flow;
  private final OrderEntry entry;
  private final BackOffice backOffice;
  private final @Nullable Duration tickInterval;
  private List<MarketPoint> points = new ArrayList<>();
  private LocalDate closedOn;
  private Instant nextTick;
  private Instant nextMinute;
  private Instant nextClose;
  private Instant nextMarketSave;
  private long serial;
  private boolean marketChanged;

  /// Opens an exchange from a saved state and what changed after it.
  public Exchange(
      ExchangeRules rules,
      Listings listings,
      InstantSource clock,
      ExchangeState saved,
      List<Delta> later) {
    var now = clock.instant();
    var latest = later.isEmpty() ? saved.sources() : later.getLast().sources();
    this.rules = rules;
    this.clock = clock;
    this.listings = listings;
    this.serial = later.isEmpty() ? saved.serial() : later.getLast().serial();
    this.closedOn = later.isEmpty() ? saved.closedOn() : later.getLast().closedOn();
    this.prices = new Prices(listings, latestMarket(saved, later), rules.speed(), now);
    this.identities = new Identities(new SeededRandom(latest.identities()), latest.lastEventId());
    this.fills = new SeededRandom(latest.fills());
    this.time = new Timeline(identities, now, latest.lastStamp());
    this.hours = new OrderHours(rules.hours(), listings);
    this.figures = new Figures(listings, prices);
    this.announcements = new Announcements(identities, time);
    this.flow = flow();
    this.entry =
        new OrderEntry(
            new Admission(listings, new TicketRules(listings, prices), figures),
            flow,
            time,
            identities);
    this.backOffice = new BackOffice(this, identities, time, announcements, flow);
    this.tickInterval =
        rules.ticksPerSecond() == 0
            ? null
            : Duration.ofSeconds(1).dividedBy(rules.ticksPerSecond());
    this.nextTick = tickInterval == null ? Instant.MAX : now.plus(tickInterval);
    this.nextMinute = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    this.nextClose =
        TradingCalendar.session(TradingCalendar.nextTradingDay(closedOn)).orElseThrow().closesAt();
    this.nextMarketSave = now.plus(rules.marketSaveInterval());
    saved.accounts().forEach(state -> books.put(state.profile().name(), book(state)));
    later.forEach(delta -> delta.accounts().forEach(this::replay));
    books.values().forEach(book -> book.openOrders().forEach(order -> flow.resume(book, order)));
  }

  /// The state of an exchange that begins now, with these accounts.
  public static ExchangeState begin(
      ExchangeRules rules, Listings listings, List<AccountState> accounts, Instant now) {
    var prices = new Prices(listings, new SeededRandom(rules.seed()), rules.speed(), now);
    var closed = TradingCalendar.lastClosedDay(now);
    return new ExchangeState(0, Sources.fresh(rules.seed(), now), closed, prices.state(), accounts);
  }

  /// Lets everything happen that is due by now.
  public void advance() {
    var until = clock.instant();
    if (nextTick.isBefore(until.minus(LONGEST_CATCH_UP))) {
      // The process was suspended: prices go on from here instead of being made up afterwards.
      nextTick = until;
    }
    for (var next = nextInstant(); !next.isAfter(until); next = nextInstant()) {
      time.moveTo(next);
      happen(next);
    }
    time.moveTo(until);
  }

  /// Places an order.
  public Submission submit(String account, Ticket ticket) {
    advance();
    return entry.submit(book(account), ticket);
  }

  /// Asks to cancel an order.
  public Submission cancel(String account, UUID orderId) {
    advance();
    return entry.cancel(book(account), orderId);
  }

  /// Asks to put another order in the place of one.
  public Submission replace(String account, UUID orderId, Change change) {
    advance();
    return entry.replace(book(account), orderId, change);
  }

  /// Cancels an open order at once, before anything else can happen to it.
  public void cancelNow(String account, UUID orderId) {
    advance();
    var book = book(account);
    book.order(orderId)
        .filter(Order::isOpen)
        .ifPresent(order -> flow.finish(book, order, new OrderEvent.Canceled()));
  }

  /// Has the market reject an order that was accepted, once it gets there.
  public void doom(UUID orderId) {
    flow.doom(orderId);
  }

  /// Opens an account.
  ///
  /// @throws IllegalArgumentException when there is one of this name already
  public void open(AccountState state) {
    advance();
    if (books.containsKey(state.profile().name())) {
      throw new IllegalArgumentException("there is an account " + state.profile().name());
    }
    var book = book(state);
    books.put(state.profile().name(), book);
    book.opened();
  }

  /// An id for an order that comes without one.
  public String newClientOrderId() {
    return identities.next().toString();
  }

  /// Makes a trade at a price, as if the market had moved there.
  public void movePrice(String symbol, BigDecimal price) {
    advance();
    points.add(prices.move(symbol, price, time.now()));
    flow.priceMoved(symbol);
  }

  /// What the broker does without being asked by the owners of accounts.
  public BackOffice backOffice() {
    return backOffice;
  }

  /// Changes what the owner of an account has chosen.
  public void choose(String account, AccountSettings settings) {
    advance();
    book(account).choose(settings);
  }

  /// Whether an account may sell what it does not hold.
  public boolean mayShort(AccountBook book) {
    return figures.mayShort(book);
  }

  /// Stops the trading of a symbol: its orders wait, its price stands still.
  ///
  /// @param reason the exchange's reason code, such as `T1` or `M`
  /// @throws IllegalArgumentException for a symbol that is not listed
  public void halt(String symbol, String reason) {
    advance();
    announce(prices.halt(symbol, reason, time.now()));
  }

  /// Lets a symbol trade again.
  ///
  /// @throws IllegalArgumentException for a symbol that is not listed
  public void resume(String symbol) {
    advance();
    prices.resume(symbol, time.now()).ifPresent(this::announce);
    flow.priceMoved(symbol);
  }

  /// Does now what orders at work would do later: routing, executions and cancels.
  public void settle() {
    advance();
    for (int work = 0; work < MOST_WORK; work++) {
      var due = agenda.poll();
      if (due.isEmpty()) {
        return;
      }
      flow.run(due.get());
    }
    throw new IllegalStateException("orders do not come to rest");
  }

  /// What changed since the last call.
  public Batch drain() {
    var changed = touched.stream().flatMap(book -> book.takeDelta().stream()).toList();
    touched.clear();
    boolean saveMarket = marketChanged || !time.now().isBefore(nextMarketSave);
    Delta delta = null;
    if (saveMarket || !changed.isEmpty()) {
      var market = saveMarket ? prices.state() : null;
      delta = new Delta(++serial, sources(), closedOn, market, changed);
    }
    if (saveMarket) {
      marketChanged = false;
      nextMarketSave = time.now().plus(rules.marketSaveInterval());
    }
    var taken = points;
    points = new ArrayList<>();
    return new Batch(delta, announcements.take(), taken);
  }

  /// The whole state, for a snapshot.
  public ExchangeState state() {
    return new ExchangeState(
        serial,
        sources(),
        closedOn,
        prices.state(),
        books.values().stream().map(AccountBook::state).toList());
  }

  /// The exchange's time.
  public Instant now() {
    return time.now();
  }

  /// Whether the market is open as the clock of the broker tells it.
  public boolean isOpen() {
    return hours.isOpen(time.now());
  }

  /// What is listed.
  public Listings listings() {
    return listings;
  }

  /// What it costs.
  public Prices prices() {
    return prices;
  }

  /// The trading day that ended last.
  public LocalDate closedOn() {
    return closedOn;
  }

  /// All accounts.
  public Collection<AccountBook> books() {
    return books.sequencedValues();
  }

  /// An account by its name.
  public AccountBook book(String account) {
    return Optional.ofNullable(books.get(account))
        .orElseThrow(() -> new IllegalArgumentException("no such account: " + account));
  }

  /// The figures of an account at the current prices.
  public AccountSheet sheet(AccountBook book) {
    return figures.sheet(book);
  }

  /// Tells something about the market that must survive a restart.
  void announce(MarketPoint point) {
    points.add(point);
    marketChanged = true;
  }

  /// When something will happen next if nobody does anything.
  Instant nextInstant() {
    var next = nextTick.isBefore(nextMinute) ? nextTick : nextMinute;
    next = nextClose.isBefore(next) ? nextClose : next;
    var due = agenda.next().orElse(Instant.MAX);
    next = due.isBefore(next) ? due : next;
    var turn = flow.nextTurn().orElse(Instant.MAX);
    return turn.isBefore(next) ? turn : next;
  }

  /// The first of what is due at an instant: what the calendar says to orders, the end of a day, of
  /// a minute, a tick, orders.
  private void happen(Instant at) {
    if (flow.nextTurn().filter(turn -> !turn.isAfter(at)).isPresent()) {
      flow.turn();
    } else if (!nextClose.isAfter(at)) {
      endDay(at);
    } else if (!nextMinute.isAfter(at)) {
      points.addAll(prices.endMinute(nextMinute));
      sample(nextMinute);
      nextMinute = nextMinute.plus(1, ChronoUnit.MINUTES);
    } else if (tickInterval != null && !nextTick.isAfter(at)) {
      prices.next(at, hours.stocksTrade(at)).ifPresent(this::ticked);
      nextTick = nextTick.plus(tickInterval);
    } else {
      agenda.poll().ifPresent(flow::run);
    }
  }

  /// Every fifth minute is kept of what accounts are worth, unless there are very many.
  private void sample(Instant minute) {
    if (minute.getEpochSecond() % SAMPLE_SECONDS == 0 && books.size() <= MOST_SAMPLED) {
      books
          .values()
          .forEach(book -> book.mark(new EquityPoint(minute, figures.sheet(book).equity(), false)));
    }
  }

  private void ticked(Tick tick) {
    points.add(tick);
    flow.priceMoved(tick.symbol());
  }

  private void endDay(Instant at) {
    for (var book : books.values()) {
      var sheet = figures.sheet(book);
      book.endDay(sheet);
      book.mark(new EquityPoint(at, sheet.equity(), true));
    }
    prices.endDay(at);
    closedOn = TradingCalendar.dateOf(nextClose);
    nextClose = TradingCalendar.nextClose(nextClose);
  }

  private OrderFlow flow() {
    var clearing = new Clearing(listings, identities, time, announcements);
    var floor = new Floor(prices, rules.fills(), fills, agenda, time, hours, clearing);
    return new OrderFlow(
        floor, agenda, rules.fills().routeDelay(), identities, time, hours, announcements);
  }

  private Sources sources() {
    return new Sources(
        identities.position(), fills.position(), identities.lastEventId(), time.lastStamp());
  }

  private AccountBook book(AccountState state) {
    return new AccountBook(state, rules.historyLimit(), touched::add);
  }

  private void replay(AccountDelta delta) {
    if (delta.opened() != null) {
      books.computeIfAbsent(delta.account(), _ -> book(delta.openedState()));
    }
    book(delta.account()).replay(delta);
  }

  private static MarketState latestMarket(ExchangeState saved, List<Delta> later) {
    return later.reversed().stream()
        .flatMap(delta -> Optional.ofNullable(delta.market()).stream())
        .findFirst()
        .orElse(saved.market());
  }
}
