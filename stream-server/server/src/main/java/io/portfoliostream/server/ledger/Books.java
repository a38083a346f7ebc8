package io.portfoliostream.server.ledger;

import io.portfoliostream.server.portfolio.Account;
import io.portfoliostream.server.portfolio.Execution;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.PortfolioEvent;
import io.portfoliostream.server.portfolio.PortfolioEvent.AccountChanged;
import io.portfoliostream.server.portfolio.PortfolioEvent.ExecutionBooked;
import io.portfoliostream.server.portfolio.PortfolioEvent.OrderChanged;
import io.portfoliostream.server.portfolio.PortfolioEvent.PositionChanged;
import io.portfoliostream.server.portfolio.Position;
import io.portfoliostream.server.portfolio.UserId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// One user's portfolio under its lock: what it holds, this transaction's own changes included, and
/// the changes to make. Lives as long as the transaction; not safe for several threads.
public final class Books {
  private final BookStore store;
  private final UserId user;
  private final long seq;
  private final Instant now;
  private final List<PortfolioEvent> events = new ArrayList<>();
  private final Map<String, Order> orders = new HashMap<>();
  private final Map<String, HeldPosition> positions = new HashMap<>();
  private final Map<String, Execution> executions = new HashMap<>();
  private AccountRow account;

  /// @param account as it is under the lock
  Books(BookStore store, UserId user, long seq, AccountRow account, Instant now) {
    this.store = store;
    this.user = user;
    this.seq = seq;
    this.account = account;
    this.now = now;
  }

  /// Whose portfolio it is.
  public UserId user() {
    return user;
  }

  /// The number of the last event booked before this transaction.
  public long seq() {
    return seq;
  }

  /// The number of the last event booked, this transaction's own included.
  public long lastSeq() {
    return seq + events.size();
  }

  /// The server's time of this transaction.
  public Instant now() {
    return now;
  }

  /// The transaction, to read and store what belongs into it: cursors, corrections.
  public Handle handle() {
    return store.handle();
  }

  /// Stores something else in the same transaction, in one trip with what is recorded here.
  ///
  /// @param values in the order of the statement's question marks
  public void store(String sql, @Nullable Object... values) {
    store.writes().add(sql, values);
  }

  /// Stores something else in the same transaction, which must change a row.
  ///
  /// @param ifNone what ends the transaction when no row was changed
  public void storeOrThrow(
      Supplier<? extends RuntimeException> ifNone, String sql, @Nullable Object... values) {
    store.writes().addRequired(ifNone, sql, values);
  }

  /// The order of ours that the broker's order is: by the broker's identity, else by the client
  /// order id.
  public Optional<Order> orderOf(String brokerId, String clientOrderId) {
    return recorded(order -> brokerId.equals(order.brokerId()))
        .or(() -> store.order("broker_id", brokerId).map(this::newest))
        .or(() -> recorded(order -> order.clientOrderId().equals(clientOrderId)))
        .or(() -> store.order("client_order_id", clientOrderId).map(this::newest));
  }

  /// The order with our identity `id`.
  public Optional<Order> order(String id) {
    return Optional.ofNullable(orders.get(id)).or(() -> store.order("id", id));
  }

  /// The order with the broker's identity `brokerId`.
  public Optional<Order> orderByBrokerId(String brokerId) {
    return recorded(order -> brokerId.equals(order.brokerId()))
        .or(() -> store.order("broker_id", brokerId).map(this::newest));
  }

  /// All orders that can still change.
  public List<Order> openOrders() {
    return store.openOrders().stream().map(this::newest).filter(Order::isOpen).toList();
  }

  /// The position in `symbol`; a closed one when there was never one.
  public HeldPosition position(String symbol) {
    var changed = positions.get(symbol);
    if (changed != null) {
      return changed;
    }
    var stored = store.position(symbol);
    return stored.isPresent()
        ? stored.get()
        : new HeldPosition(Position.none(symbol, now), null, null, 0);
  }

  /// All positions, closed ones included.
  public Collection<HeldPosition> positions() {
    var all = new HashMap<String, HeldPosition>();
    store.positions().forEach(held -> all.put(held.position().symbol(), held));
    all.putAll(positions);
    return all.values();
  }

  /// The account, once the broker was read.
  public Optional<Account> account() {
    return Optional.ofNullable(account.account());
  }

  /// Seq at which the cash last moved.
  public long accountTouched() {
    return account.touched();
  }

  /// When the broker was asked for the cash that was last adopted.
  public Optional<Instant> accountReadAt() {
    return Optional.ofNullable(account.readAt());
  }

  /// An execution that was booked, by its identity.
  public Optional<Execution> execution(String id) {
    return Optional.ofNullable(executions.get(id)).or(() -> store.execution(id));
  }

  /// Whether an execution was booked before: by its identity, else by what it did to its order.
  public boolean hasExecution(
      String id, String brokerOrderId, @Nullable BigDecimal cumulative, BigDecimal price) {
    return executions.containsKey(id) || store.hasExecution(id, brokerOrderId, cumulative, price);
  }

  /// The executions of orders that count, oldest first: neither taken back nor put right by a later
  /// one. This transaction's own are among them.
  ///
  /// @param brokerOrderIds the broker's identities of the orders
  public List<BookedExecution> executionsOf(Collection<String> brokerOrderIds) {
    return store.executionsOf(brokerOrderIds);
  }

  /// Seq of an order's last change.
  public long touched(Order order) {
    return store.touched(order.id());
  }

  /// Records an order's new state.
  public void record(Order order) {
    events.add(new OrderChanged(order));
    orders.put(order.id(), order);
    store.save(order, nextSeq());
  }

  /// Records an execution.
  ///
  /// @param cumulative the order's filled quantity after it, where known
  public void record(Execution execution, @Nullable BigDecimal cumulative) {
    events.add(new ExecutionBooked(execution));
    executions.put(execution.id(), execution);
    store.save(execution, cumulative, nextSeq());
  }

  /// Records a position's new state, and the broker event that it follows.
  public void record(Position position, @Nullable String eventId, @Nullable Instant eventAt) {
    events.add(new PositionChanged(position));
    var held = new HeldPosition(position, eventId, eventAt, nextSeq());
    positions.put(position.symbol(), held);
    store.save(held);
  }

  /// Records the account's new figures; the cash moved by an execution.
  public void record(Account changed) {
    events.add(new AccountChanged(changed));
    save(new AccountRow(changed, nextSeq(), account.readAt()));
  }

  /// Records the account's figures as read from the broker.
  ///
  /// @param readAt when the broker was asked
  /// @param cashAdopted whether the cash among them is the broker's
  public void recordRead(Account changed, Instant readAt, boolean cashAdopted) {
    events.add(new AccountChanged(changed));
    var row = account;
    save(
        cashAdopted
            ? new AccountRow(changed, nextSeq(), readAt)
            : new AccountRow(changed, row.touched(), row.readAt()));
  }

  List<PortfolioEvent> events() {
    return events;
  }

  /// The number of the event that was just added.
  private long nextSeq() {
    return lastSeq();
  }

  private void save(AccountRow row) {
    account = row;
    store.save(row);
  }

  private Order newest(Order stored) {
    return orders.getOrDefault(stored.id(), stored);
  }

  private Optional<Order> recorded(Predicate<Order> wanted) {
    return orders.values().stream().filter(wanted).findFirst();
  }

  /// The account as stored.
  ///
  /// @param touched seq at which the cash last moved
  /// @param readAt when the broker was asked for the cash that was last adopted
  record AccountRow(@Nullable Account account, long touched, @Nullable Instant readAt) {}
}
