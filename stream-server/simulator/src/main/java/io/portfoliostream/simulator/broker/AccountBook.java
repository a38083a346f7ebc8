package io.portfoliostream.simulator.broker;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/// What the broker knows of one account, and which of it changed since it was last saved.
///
/// Not thread-safe: it belongs to the exchange.
public final class AccountBook {
  /// The money with which every account began.
  public static final BigDecimal OPENING_DEPOSIT = new BigDecimal("100000");

  private final AccountProfile profile;
  private final int historyLimit;
  private final Consumer<AccountBook> onChange;
  private final SortedMap<String, Position> positions = new TreeMap<>();
  private final SequencedMap<UUID, Order> orders = new LinkedHashMap<>();
  private final SequencedMap<String, UUID> byClientOrderId = new LinkedHashMap<>();
  private final Map<UUID, List<UUID>> legs = new HashMap<>();
  private final SequencedSet<UUID> open = new LinkedHashSet<>();
  private final SequencedMap<UUID, Execution> executions = new LinkedHashMap<>();
  private final SequencedSet<UUID> changedOrders = new LinkedHashSet<>();
  private final List<Execution> newExecutions = new ArrayList<>();
  private final SequencedMap<UUID, Entry> entries = new LinkedHashMap<>();
  private final List<Entry> newEntries = new ArrayList<>();
  private final SequencedSet<String> changedPositions = new LinkedHashSet<>();
  private final EquityCurve equity;
  private Balance balance;
  private AccountSettings settings;
  private boolean balanceChanged;
  private boolean isNew;
  private boolean settingsChanged;

  /// A book that says so whenever something in it changes.
  AccountBook(AccountState state, int historyLimit, Consumer<AccountBook> onChange) {
    this.onChange = onChange;
    this.profile = state.profile();
    this.historyLimit = historyLimit;
    this.balance = state.balance();
    this.settings = state.settings();
    this.equity = new EquityCurve(state.equity());
    state.orders().forEach(this::remember);
    state.executions().forEach(execution -> executions.put(execution.id(), execution));
    state.positions().forEach(this::hold);
    state.entries().forEach(entry -> entries.put(entry.id(), entry));
  }

  /// Who the account is.
  public AccountProfile profile() {
    return profile;
  }

  /// What the owner has chosen.
  public AccountSettings settings() {
    return settings;
  }

  /// The multiplier that counts: 1, 2 or 4.
  public int multiplier() {
    return settings.multiplier() == null ? profile.multiplier() : settings.multiplier();
  }

  /// What the account was worth over time.
  public EquityCurve equity() {
    return equity;
  }

  /// The money of the account.
  public Balance balance() {
    return balance;
  }

  /// What is held, by symbol.
  public Collection<Position> positions() {
    return positions.values();
  }

  /// The position in a symbol, which may be flat.
  public Position position(String symbol) {
    return positions.getOrDefault(symbol, Position.flat(symbol));
  }

  /// Remembered orders, oldest first.
  public SequencedMap<UUID, Order> orders() {
    return orders;
  }

  /// The orders to which something can still happen, oldest first.
  public List<Order> openOrders() {
    return open.stream().flatMap(id -> order(id).stream()).toList();
  }

  int openCount() {
    return open.size();
  }

  /// The open orders of a symbol and side, oldest first.
  public List<Order> openOrders(String symbol, Side side) {
    return openOrders().stream()
        .filter(order -> order.ticket().symbol().equals(symbol) && order.ticket().side() == side)
        .toList();
  }

  /// An order by its id.
  public Optional<Order> order(UUID id) {
    return Optional.ofNullable(orders.get(id));
  }

  /// An order by the id that the client gave it.
  public Optional<Order> order(String clientOrderId) {
    return Optional.ofNullable(byClientOrderId.get(clientOrderId)).flatMap(this::order);
  }

  /// Remembered executions, oldest first.
  public SequencedMap<UUID, Execution> executions() {
    return executions;
  }

  /// What the account was worth when it began to be watched.
  public BigDecimal firstEquity() {
    return equity.first().map(EquityPoint::equity).orElse(balance.lastEquity());
  }

  /// What happened beside trades, oldest first.
  public SequencedMap<UUID, Entry> entries() {
    return entries;
  }

  /// The legs of an order, in the order in which they were made.
  public List<Order> legs(UUID parent) {
    return legs.getOrDefault(parent, List.of()).stream()
        .flatMap(id -> order(id).stream())
        .filter(leg -> parent.equals(leg.links().parent()))
        .toList();
  }

  /// The order that is on its way into the place of another.
  Optional<Order> replacementOf(UUID orderId) {
    return openOrders().stream()
        .filter(order -> order.isReplacing() && orderId.equals(order.links().replaces()))
        .findFirst();
  }

  /// Shares of a position that no open order has claimed for closing it, without sign.
  public BigDecimal availableQty(String symbol) {
    var position = position(symbol);
    var closing = position.isShort() ? Side.BUY : Side.SELL;
    var claims = Claims.of(this, openOrders(symbol, closing), (_, qty) -> qty);
    return position.qty().abs().subtract(claims).max(BigDecimal.ZERO);
  }

  /// Marks all of the account as changed, as it was not there before.
  void opened() {
    isNew = true;
    balanceChanged = true;
    changedPositions.addAll(positions.keySet());
    onChange.accept(this);
  }

  void put(Order order) {
    remember(order);
    changedOrders.add(order.id());
    forgetOldOrders();
    onChange.accept(this);
  }

  void book(Execution execution, Position position, BigDecimal cashChange) {
    executions.put(execution.id(), execution);
    newExecutions.add(execution);
    forgetOldExecutions();
    hold(position);
    changedPositions.add(position.symbol());
    pay(cashChange);
  }

  private void pay(BigDecimal cashChange) {
    balance =
        new Balance(
            balance.cash().add(cashChange), balance.lastEquity(), balance.lastMaintenanceMargin());
    balanceChanged = true;
    onChange.accept(this);
  }

  /// Whether another execution says that this one was wrong.
  public boolean isAmended(UUID executionId) {
    return executions.values().stream()
        .anyMatch(execution -> executionId.equals(execution.previousId()));
  }

  void choose(AccountSettings chosen) {
    settings = chosen;
    settingsChanged = true;
    onChange.accept(this);
  }

  void mark(EquityPoint point) {
    equity.add(point);
    onChange.accept(this);
  }

  /// Writes down what happened beside trades, with the money that came or went.
  void note(Entry entry) {
    entries.put(entry.id(), entry);
    newEntries.add(entry);
    while (entries.size() > historyLimit) {
      entries.pollFirstEntry();
    }
    pay(entry.netAmount());
  }

  /// Changes a position without a trade.
  void hold(Position position, BigDecimal cashChange) {
    hold(position);
    changedPositions.add(position.symbol());
    pay(cashChange);
  }

  void endDay(AccountSheet sheet) {
    balance = new Balance(balance.cash(), sheet.equity(), sheet.maintenanceMargin());
    balanceChanged = true;
    for (var position : List.copyOf(positions.values())) {
      hold(position.overnight());
      changedPositions.add(position.symbol());
    }
    onChange.accept(this);
  }

  /// What changed since the last call; empty when nothing did.
  Optional<AccountDelta> takeDelta() {
    boolean same =
        !balanceChanged && !settingsChanged && !equity.hasFresh() && changedOrders.isEmpty();
    if (same && changedPositions.isEmpty()) {
      return Optional.empty();
    }
    var delta =
        new AccountDelta(
            profile.name(),
            isNew ? profile : null,
            balanceChanged ? balance : null,
            changedOrders.stream().flatMap(id -> order(id).stream()).toList(),
            newExecutions,
            changedPositions.stream().map(this::position).toList(),
            newEntries,
            settingsChanged ? settings : null,
            equity.takeFresh());
    balanceChanged = false;
    settingsChanged = false;
    newEntries.clear();
    isNew = false;
    changedOrders.clear();
    newExecutions.clear();
    changedPositions.clear();
    return Optional.of(delta);
  }

  /// Repeats a saved change.
  void replay(AccountDelta delta) {
    if (delta.balance() != null) {
      balance = delta.balance();
    }
    if (delta.settings() != null) {
      settings = delta.settings();
    }
    equity.replay(delta.equity());
    delta.orders().forEach(this::remember);
    delta.executions().forEach(execution -> executions.put(execution.id(), execution));
    delta.positions().forEach(this::hold);
    delta.entries().forEach(entry -> entries.put(entry.id(), entry));
    forgetOldOrders();
    forgetOldExecutions();
  }

  AccountState state() {
    return new AccountState(
        profile,
        balance,
        List.copyOf(orders.values()),
        List.copyOf(executions.values()),
        List.copyOf(positions.values()),
        List.copyOf(entries.values()),
        settings,
        equity.points());
  }

  private void hold(Position position) {
    if (position.isFlat()) {
      positions.remove(position.symbol());
    } else {
      positions.put(position.symbol(), position);
    }
  }

  private void remember(Order order) {
    orders.put(order.id(), order);
    byClientOrderId.put(order.ticket().clientOrderId(), order.id());
    rememberLeg(order);
    if (order.isOpen()) {
      open.add(order.id());
    } else {
      open.remove(order.id());
    }
  }

  private void rememberLeg(Order order) {
    var parent = order.links().parent();
    if (parent != null) {
      var siblings = legs.computeIfAbsent(parent, _ -> new ArrayList<>());
      if (!siblings.contains(order.id())) {
        siblings.add(order.id());
      }
    }
  }

  private void forgetOldOrders() {
    Iterator<Order> oldest = orders.values().iterator();
    for (int excess = orders.size() - historyLimit; excess > 0 && oldest.hasNext(); ) {
      var order = oldest.next();
      if (!order.isOpen()) {
        oldest.remove();
        byClientOrderId.remove(order.ticket().clientOrderId());
        changedOrders.remove(order.id());
        legs.remove(order.id());
        excess--;
      }
    }
  }

  private void forgetOldExecutions() {
    while (executions.size() > historyLimit) {
      executions.pollFirstEntry();
    }
  }
}
