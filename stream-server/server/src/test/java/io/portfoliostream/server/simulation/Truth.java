package io.portfoliostream.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.client.PortfolioView;
import io.portfoliostream.protocol.Channel;
import io.portfoliostream.protocol.OrderUpdate;
import io.portfoliostream.protocol.PositionUpdate;
import io.portfoliostream.protocol.Snapshot;
import io.portfoliostream.protocol.Subscribed;
import io.portfoliostream.protocol.TradeExecuted;
import io.portfoliostream.server.stream.MemoryLedger;
import io.portfoliostream.server.stream.WireView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Compares what clients hold with the ledger.
final class Truth {
  /// No view in the simulation is larger.
  static final int LARGEST_ANSWER = 400 * 1024;

  private final MemoryLedger ledger;
  private final WireView view;
  private final Map<String, Snapshot> truths = new HashMap<>();

  Truth(MemoryLedger ledger, WireView view) {
    this.ledger = ledger;
    this.view = view;
  }

  /// A client that stands somewhere holds the ledger as it was there: every sequenced field.
  void check(SimulatedClient client) {
    client.shown().ifPresent(shown -> checkSequenced(client, shown, truthAt(client)));
  }

  /// A client at rest holds the ledger as it is, prices and all.
  void checkRest(SimulatedClient client) {
    var shown = client.shown();
    assertThat(shown).as(client.name() + " awaits an answer").isPresent();
    var head = ledger.head(client.user());
    var position = client.replica().portfolio().streamPosition();
    assertThat(position.map(at -> at.epoch() + at.seq()))
        .as(client.name())
        .contains(head.epoch() + head.seq());
    var held = client.replica().portfolio();
    var told = view.snapshot(head);
    checkSequenced(client, shown.orElseThrow(), told);
    if (has(shown.orElseThrow(), Channel.POSITIONS)) {
      assertThat(held.positions())
          .as(client.name())
          .containsExactlyInAnyOrderElementsOf(
              narrowed(shown.orElseThrow(), told.positions(), PositionUpdate::symbol).toList());
    }
    if (has(shown.orElseThrow(), Channel.ACCOUNT)) {
      assertThat(held.account()).as(client.name()).isEqualTo(Optional.ofNullable(told.account()));
    }
    if (shown.orElseThrow().symbols() == null
        && shown.orElseThrow().channels().size() == Channel.values().length) {
      assertThat(client.replica().digest()).as(client.name()).isEqualTo(view.digest(head));
    }
  }

  /// The ledger where the client stands; prices aside, it is always the same.
  private Snapshot truthAt(SimulatedClient client) {
    var at = client.replica().portfolio().streamPosition().orElseThrow();
    return truths.computeIfAbsent(
        client.user() + "@" + at,
        _ -> {
          var then = ledger.at(client.user(), at.epoch(), at.seq());
          assertThat(then).as(client.name() + " stands where nothing was: " + at).isPresent();
          return view.snapshot(then.orElseThrow());
        });
  }

  private static void checkSequenced(SimulatedClient client, Subscribed shown, Snapshot truth) {
    var held = client.replica().portfolio();
    var who = client.name() + " at " + held.streamPosition();
    if (has(shown, Channel.POSITIONS)) {
      assertThat(positions(held.positions().stream()))
          .as(who)
          .isEqualTo(positions(narrowed(shown, truth.positions(), PositionUpdate::symbol)));
    }
    if (has(shown, Channel.ORDERS)) {
      assertThat(openOrders(held.orders().stream()))
          .as(who)
          .isEqualTo(openOrders(narrowed(shown, truth.orders(), OrderUpdate::symbol)));
    }
    if (has(shown, Channel.ACCOUNT)) {
      assertThat(held.account().map(account -> account.cash()))
          .as(who)
          .isEqualTo(Optional.ofNullable(truth.account()).map(account -> account.cash()));
    }
    if (has(shown, Channel.TRADES)) {
      checkTrades(who, held, shown, truth);
    }
  }

  /// Each execution once, and none that never was.
  private static void checkTrades(
      String who, PortfolioView held, Subscribed shown, Snapshot truth) {
    var ids = held.trades().stream().map(TradeExecuted::executionId).toList();
    assertThat(new HashSet<>(ids)).as(who).hasSameSizeAs(ids);
    assertThat(ids)
        .as(who)
        .containsAll(
            narrowed(shown, truth.trades(), TradeExecuted::symbol)
                .map(TradeExecuted::executionId)
                .toList());
  }

  private static boolean has(Subscribed shown, Channel channel) {
    return shown.channels().contains(channel);
  }

  private static <T> Stream<T> narrowed(
      Subscribed shown, List<T> all, Function<T, String> symbolOf) {
    var symbols = shown.symbols();
    return all.stream().filter(each -> symbols == null || symbols.contains(symbolOf.apply(each)));
  }

  private static List<String> positions(Stream<PositionUpdate> positions) {
    return positions
        .map(it -> it.symbol() + it.side() + it.quantity() + "@" + it.entryPrice())
        .sorted()
        .toList();
  }

  private static List<String> openOrders(Stream<OrderUpdate> orders) {
    return orders
        .filter(OrderUpdate::isOpen)
        .map(it -> it.orderId() + it.status() + it.filledQty())
        .sorted()
        .toList();
  }
}
