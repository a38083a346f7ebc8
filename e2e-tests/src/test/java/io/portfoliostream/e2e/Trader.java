package io.portfoliostream.e2e;

import io.portfoliostream.e2e.stack.Reply;
import io.portfoliostream.e2e.stack.ServerSession;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/// A user who sends orders at random, and each again under the same key until it is answered.
final class Trader implements Runnable {
  private static final List<String> SYMBOLS = List.of("AAPL", "KO", "DIS", "AMD", "XOM");
  private static final int MOST_PAUSE_MILLIS = 1000;
  private static final int ACCEPTED = 202;

  private final String name;
  private final ServerSession user;
  private final RandomGenerator chance;
  private final ScheduledExecutorService timer;
  private final Map<String, Map<String, Object>> unanswered = new ConcurrentHashMap<>();
  private final Map<String, String> orders = new ConcurrentHashMap<>();
  private final Map<String, Reply> refused = new ConcurrentHashMap<>();
  private final AtomicInteger sent = new AtomicInteger();
  private volatile boolean resting;

  /// @param chance decides what is ordered and when
  Trader(String name, ServerSession user, RandomGenerator chance, ScheduledExecutorService timer) {
    this.name = name;
    this.user = user;
    this.chance = chance;
    this.timer = timer;
  }

  String name() {
    return name;
  }

  ServerSession user() {
    return user;
  }

  /// How many orders were sent, answered or not.
  int sent() {
    return sent.get();
  }

  /// Sends the next order, and plans the one after it.
  @Override
  public void run() {
    if (resting) {
      return;
    }
    var number = sent.incrementAndGet();
    var key = name + "-" + number;
    var order = order();
    unanswered.put(key, order);
    submit(key, order);
    if (chance.nextInt(4) == 0) {
      changeOne();
    }
    var _ = timer.schedule(this, chance.nextInt(MOST_PAUSE_MILLIS), TimeUnit.MILLISECONDS);
  }

  /// Sends no further orders.
  void rest() {
    resting = true;
  }

  /// Sends again what was not answered.
  ///
  /// @return whether everything is answered now
  boolean repeat() {
    Map.copyOf(unanswered).forEach(this::submit);
    return unanswered.isEmpty();
  }

  /// The orders that were accepted, by their keys.
  Map<String, String> accepted() {
    return Map.copyOf(orders);
  }

  /// What was refused though nothing is wrong with it.
  Map<String, Reply> refused() {
    return Map.copyOf(refused);
  }

  private void submit(String key, Map<String, Object> order) {
    try {
      var reply = user.submit(order, key);
      if (reply.status() == ACCEPTED) {
        orders.put(key, reply.orderId());
        unanswered.remove(key);
      } else if (reply.status() < 500) {
        refused.put(key, reply);
        unanswered.remove(key);
      }
    } catch (UncheckedIOException _) {
      // The server is dead: the same is sent again later.
    }
  }

  /// Cancels or changes one of the own orders, whatever became of it; nothing hangs on the answer.
  private void changeOne() {
    var known = List.copyOf(orders.values());
    if (known.isEmpty()) {
      return;
    }
    var order = known.get(chance.nextInt(known.size()));
    try {
      if (chance.nextBoolean()) {
        user.cancel(order);
      } else {
        user.change(order, Map.of("qty", Integer.toString(1 + chance.nextInt(9))));
      }
    } catch (UncheckedIOException _) {
      // The server is dead.
    }
  }

  private Map<String, Object> order() {
    var symbol = SYMBOLS.get(chance.nextInt(SYMBOLS.size()));
    var side = chance.nextInt(3) == 0 ? "sell" : "buy";
    var qty = Integer.toString(1 + chance.nextInt(5));
    return switch (chance.nextInt(4)) {
      case 0 -> Orders.order("buy", "limit", symbol, Map.of("qty", qty, "limitPrice", "1.5"));
      case 1 -> Orders.order("buy", "market", symbol, Map.of("notional", "250.00"));
      default -> Orders.market(side, qty, symbol);
    };
  }
}
