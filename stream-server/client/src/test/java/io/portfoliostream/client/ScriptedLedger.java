package io.portfoliostream.client;

import static io.portfoliostream.client.Samples.NOON;
import static io.portfoliostream.client.Samples.account;
import static io.portfoliostream.client.Samples.message;
import static io.portfoliostream.client.Samples.order;
import static io.portfoliostream.client.Samples.position;
import static io.portfoliostream.client.Samples.replay;
import static io.portfoliostream.client.Samples.snapshot;
import static io.portfoliostream.client.Samples.trade;

import io.portfoliostream.protocol.AccountUpdate;
import io.portfoliostream.protocol.BatchUpdate;
import io.portfoliostream.protocol.Digest;
import io.portfoliostream.protocol.OrderUpdate;
import io.portfoliostream.protocol.PositionUpdate;
import io.portfoliostream.protocol.ServerMessage;
import io.portfoliostream.protocol.Snapshot;
import io.portfoliostream.protocol.StateDigest;
import io.portfoliostream.protocol.StreamPosition;
import io.portfoliostream.protocol.TradeExecuted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// A server's ledger of one user, with random events, and the answers that it would give. Written
/// without any code of the client, so that the two can be compared.
final class ScriptedLedger {
  private static final List<String> SYMBOLS = List.of("AAPL", "MSFT", "TSLA", "NVDA", "AMD");

  private final RandomGenerator random;
  private final Map<String, PositionUpdate> positions = new TreeMap<>();
  private final Map<String, OrderUpdate> orders = new TreeMap<>();
  private final List<TradeExecuted> trades = new ArrayList<>();
  private final List<ServerMessage> log = new ArrayList<>();
  private final Map<Long, String> digests = new HashMap<>();
  private AccountUpdate figures = account("1000", "1000");
  private String epoch = "e1";
  private long seq;
  private int ids;

  ScriptedLedger(RandomGenerator random) {
    this.random = random;
    digests.put(0L, digest());
  }

  String epoch() {
    return epoch;
  }

  long seq() {
    return seq;
  }

  /// The name of the state at `number` in the present epoch.
  String digestAt(long number) {
    return digests.getOrDefault(number, "never was");
  }

  List<TradeExecuted> trades() {
    return trades;
  }

  /// One transaction: an event of some kind, sometimes two in one message.
  ServerMessage event() {
    long from = seq;
    var changed = new ArrayList<PositionUpdate>();
    var touched = new ArrayList<OrderUpdate>();
    var executed = new ArrayList<TradeExecuted>();
    for (int i = random.nextInt(4) == 0 ? 2 : 1; i > 0; i--) {
      seq++;
      switch (random.nextInt(4)) {
        case 0 -> touched.add(newOrder());
        case 1 -> touched.addAll(closeAnOrder());
        case 2 -> figures = account(Integer.toString(random.nextInt(5000)), "2000");
        default -> {
          executed.add(trade("x-" + ++ids, NOON.plusSeconds(ids)));
          changed.add(moved(SYMBOLS.get(random.nextInt(SYMBOLS.size()))));
        }
      }
    }
    trades.addAll(executed);
    digests.put(seq, digest());
    var event = message(from, seq, new BatchUpdate(changed, touched, figures, executed, 0));
    log.add(event);
    return event;
  }

  /// New prices for everything that is held.
  ServerMessage marks() {
    var marked = new ArrayList<PositionUpdate>();
    for (var held : positions.values()) {
      marked.add(
          position(
              held.symbol(),
              held.quantity().toPlainString(),
              Integer.toString(1 + random.nextInt(500))));
    }
    return message(seq, seq, new BatchUpdate(marked, null, null, null, marked.size()));
  }

  ServerMessage proof() {
    return message(seq, seq, new Digest(seq, StateDigest.ALGORITHM, digest()));
  }

  /// The answer to a `resume` or `subscribe`: replay where the log allows, else a snapshot.
  ServerMessage answer(Optional<StreamPosition> from) {
    var at = from.orElse(null);
    if (at == null || !at.epoch().equals(epoch) || at.seq() > seq || random.nextInt(5) == 0) {
      return snapshot(epoch, seq, state());
    }
    return replay(
        epoch,
        seq,
        log.stream().filter(step -> step.seq() > at.seq()).toArray(ServerMessage[]::new));
  }

  /// A restore from a backup: another numbering.
  void restore() {
    epoch = epoch + "'";
    log.clear();
    digests.clear();
    seq = random.nextInt(3);
    digests.put(seq, digest());
  }

  private Snapshot state() {
    return new Snapshot(
        List.copyOf(positions.values()), figures, List.copyOf(orders.values()), trades.reversed());
  }

  private OrderUpdate newOrder() {
    var placed = order("o-" + ++ids, "new", "0", NOON.plusSeconds(ids));
    orders.put(placed.orderId(), placed);
    return placed;
  }

  private List<OrderUpdate> closeAnOrder() {
    for (var open : orders.values()) {
      if (open.status().equals("new")) {
        var filled = order(open.orderId(), "filled", "10", open.submittedAt());
        orders.put(filled.orderId(), filled);
        return List.of(filled);
      }
    }
    return List.of(newOrder());
  }

  private PositionUpdate moved(String symbol) {
    var moved = position(symbol, Integer.toString(random.nextInt(4)), "100");
    if (moved.isClosed()) {
      positions.remove(symbol);
    } else {
      positions.put(symbol, moved);
    }
    return moved;
  }

  private String digest() {
    var digest = new StateDigest().cash(figures.cash());
    for (var held : positions.values()) {
      digest.position(held.symbol(), held.side(), held.quantity(), held.entryPrice());
    }
    for (var placed : orders.values()) {
      if (placed.status().equals("new")) {
        digest.order(placed.orderId(), placed.status(), placed.filledQty(), null);
      }
    }
    return digest.value();
  }
}
