package io.portfoliostream.simulator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.simulator.broker.AccountSettings;
import io.portfoliostream.simulator.broker.Change;
import io.portfoliostream.simulator.broker.Delta;
import io.portfoliostream.simulator.broker.Exchange;
import io.portfoliostream.simulator.broker.ExchangeRules;
import io.portfoliostream.simulator.broker.ExchangeState;
import io.portfoliostream.simulator.broker.FillPolicy;
import io.portfoliostream.simulator.broker.Order;
import io.portfoliostream.simulator.broker.OrderClass;
import io.portfoliostream.simulator.broker.OrderStatus;
import io.portfoliostream.simulator.broker.Position;
import io.portfoliostream.simulator.broker.Side;
import io.portfoliostream.simulator.broker.Submission;
import io.portfoliostream.simulator.broker.Ticket;
import io.portfoliostream.simulator.broker.TimeInForce;
import io.portfoliostream.simulator.market.Listings;
import io.portfoliostream.simulator.testkit.ManualClock;
import io.portfoliostream.simulator.testkit.Market;
import io.portfoliostream.simulator.testkit.Tickets;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest {
  private static final ExchangeRules RULES = ExchangeRules.of(1, 1, 40, FillPolicy.DEFAULT);
  private static final Listings LISTINGS = Listings.of(30);

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock();

  @Test
  void aFolderThatIsNewKeepsNothing() throws IOException {
    try (var store = open()) {
      assertThat(store.load()).isEmpty();
    }
  }

  @Test
  void whatWasAppendedIsThereAfterAnEndWithoutGoodbye() throws IOException {
    var exchange = exchange();
    var store = open();
    store.begin(exchange.state());
    trade(exchange, store, 20);
    var expected = exchange.state();
    // The journal was forced at each append: closing adds nothing but frees the lock.
    store.close();
    assertSameAccounts(reopened(), expected);
  }

  @Test
  void anAccountOpenedWithoutASnapshotAfterwardsIsThereAgain() throws IOException {
    var exchange = exchange();
    var store = open();
    store.begin(exchange.state());
    var held = List.of(Position.overnight("KO", BigDecimal.TEN, new BigDecimal("60")));
    exchange.open(Market.account("carol", 3, false, held, clock));
    store.append(List.of(Objects.requireNonNull(exchange.drain().delta())));
    trade(exchange, store, 2);
    store.close();
    var saved = reopened();
    assertThat(saved.later()).hasSizeGreaterThan(1);
    assertSameAccounts(saved, exchange.state());
  }

  @Test
  void everyKindOfChangeIsThereAfterAnEndWithoutGoodbye() throws IOException {
    var exchange = exchange();
    var store = open();
    store.begin(exchange.state());
    var office = exchange.backOffice();
    var steps =
        List.<Runnable>of(
            () -> submit(exchange, Tickets.buy("AAPL", "10")),
            () -> office.bust(exchange.book("alice").executions().sequencedKeySet().getLast()),
            () -> submit(exchange, Tickets.buy("KO", "5").exits(OrderClass.BRACKET, "900", "1")),
            () -> submit(exchange, Tickets.buy("JPM", "1").trailPercent("50")),
            () -> submit(exchange, Tickets.buy("SPY", "3").limit("1").in(TimeInForce.GTC)),
            () -> replaceLast(exchange),
            () -> exchange.choose("alice", new AccountSettings(4, true, false, true, "none")),
            () -> office.transfer("alice", new BigDecimal("12.50")),
            () -> office.moveElsewhere("alice", "F", BigDecimal.TEN, BigDecimal.ONE, true),
            () -> office.split("F", BigDecimal.TWO),
            () -> exchange.halt("KO", "M"));
    for (var step : steps) {
      step.run();
      clock.advance(Duration.ofSeconds(40));
      exchange.advance();
      Delta delta = exchange.drain().delta();
      if (delta != null) {
        store.append(List.of(delta));
      }
    }
    store.close();
    var saved = reopened();
    assertSameAccounts(saved, exchange.state());
    var restored = new Exchange(RULES, LISTINGS, clock, saved.state(), saved.later());
    assertThat(restored.prices().isHalted("KO")).isTrue();
    var alice = restored.book("alice");
    assertThat(alice.multiplier()).isEqualTo(4);
    assertThat(alice.equity().first()).isPresent();
    assertThat(alice.position("F").qty()).isEqualByComparingTo("20");
    assertThat(alice.orders().values())
        .extracting(Order::status)
        .contains(OrderStatus.REPLACED, OrderStatus.CANCELED, OrderStatus.NEW);
  }

  private static void submit(Exchange exchange, Tickets tickets) {
    assertThat(exchange.submit("alice", tickets.ticket())).isInstanceOf(Submission.Accepted.class);
  }

  private static void replaceLast(Exchange exchange) {
    var order = exchange.book("alice").openOrders().getLast();
    var change = new Change(BigDecimal.TEN, null, null, null, null, null);
    assertThat(exchange.replace("alice", order.id(), change))
        .isInstanceOf(Submission.Accepted.class);
  }

  @Test
  void aStateThatWasReadBackIsEqualToTheOneWritten() throws IOException {
    var exchange = exchange();
    var store = open();
    store.begin(exchange.state());
    trade(exchange, store, 10);
    store.snapshot(exchange.state());
    store.close();
    try (var again = open()) {
      var saved = again.load().orElseThrow();
      assertThat(saved.later()).isEmpty();
      assertThat(saved.state()).isEqualTo(exchange.state());
    }
  }

  @Test
  void aSnapshotDoesNotLoseWhatComesAfterIt() throws IOException {
    var exchange = exchange();
    var store = FileStore.open(folder, Runnable::run, 4_096);
    store.begin(exchange.state());
    int snapshots = 0;
    for (int round = 0; round < 200; round++) {
      trade(exchange, store, 1);
      if (store.wantsSnapshot()) {
        store.snapshot(exchange.state());
        snapshots++;
      }
    }
    store.close();
    assertThat(snapshots).isGreaterThan(1);
    assertSameAccounts(reopened(), exchange.state());
  }

  @Test
  void aCrashBetweenSnapshotAndCleaningUpAppliesNothingTwice() throws IOException {
    var exchange = exchange();
    var store = open();
    store.begin(exchange.state());
    trade(exchange, store, 10);
    var journal = onlyJournal();
    byte[] before = Files.readAllBytes(journal);
    store.snapshot(exchange.state());
    trade(exchange, store, 5);
    store.close();
    Files.write(journal, before);
    assertSameAccounts(reopened(), exchange.state());
  }

  @Test
  void aLineThatWasNotWrittenToItsEndIsForgotten() throws IOException {
    var exchange = exchange();
    var store = open();
    store.begin(exchange.state());
    trade(exchange, store, 5);
    store.close();
    var journal = onlyJournal();
    long whole = Files.size(journal);
    Files.write(
        journal,
        "0badcafe {\"serial\":99,".getBytes(StandardCharsets.US_ASCII),
        StandardOpenOption.APPEND);
    assertSameAccounts(reopened(), exchange.state());
    assertThat(Files.size(journal)).isEqualTo(whole);
  }

  @Test
  void aDamagedLineAmongOthersIsAnErrorAndNotSilence() throws IOException {
    var exchange = exchange();
    var store = open();
    store.begin(exchange.state());
    trade(exchange, store, 5);
    store.close();
    byte[] bytes = Files.readAllBytes(onlyJournal());
    bytes[bytes.length / 3] ^= 1;
    Files.write(onlyJournal(), bytes);
    try (var again = open()) {
      assertThatThrownBy(again::load)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("damaged");
    }
  }

  @Test
  void aMissingChangeIsAnErrorAndNotSilence() throws IOException {
    var exchange = exchange();
    var store = open();
    store.begin(exchange.state());
    trade(exchange, store, 3);
    store.close();
    var lines = Files.readAllLines(onlyJournal());
    lines.remove(1);
    Files.write(onlyJournal(), lines);
    try (var again = open()) {
      assertThatThrownBy(again::load).hasMessageContaining("missing");
    }
  }

  @Test
  void aFolderIsForOneProcessOnly() throws IOException {
    try (var store = open()) {
      assertThat(store.load()).isEmpty();
      assertThatThrownBy(this::open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another simulator");
    }
  }

  @Test
  void forgettingLeavesNothing() throws IOException {
    var store = open();
    store.begin(exchange().state());
    store.close();
    try (var again = open()) {
      again.forget();
      assertThat(again.load()).isEmpty();
    }
  }

  private Store.Saved reopened() throws IOException {
    try (var store = open()) {
      return store.load().orElseThrow();
    }
  }

  private void assertSameAccounts(Store.Saved saved, ExchangeState expected) {
    var restored = new Exchange(RULES, LISTINGS, clock, saved.state(), saved.later());
    assertThat(restored.state().accounts()).isEqualTo(expected.accounts());
    assertThat(restored.state().serial()).isEqualTo(expected.serial());
    assertThat(restored.state().sources()).isEqualTo(expected.sources());
  }

  private FileStore open() throws IOException {
    return FileStore.open(folder, Runnable::run);
  }

  private Path onlyJournal() throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .max(Path::compareTo)
          .orElseThrow();
    }
  }

  private Exchange exchange() {
    var accounts = List.of(Market.account("alice", 1, true, List.of(), clock));
    return new Exchange(
        RULES,
        LISTINGS,
        clock,
        Exchange.begin(RULES, LISTINGS, accounts, clock.instant()),
        List.of());
  }

  private void trade(Exchange exchange, FileStore store, int rounds) throws IOException {
    for (int round = 0; round < rounds; round++) {
      exchange.submit(
          "alice", Ticket.market(exchange.newClientOrderId(), "KO", Side.BUY, BigDecimal.ONE));
      clock.advance(Duration.ofMillis(700));
      exchange.advance();
      Delta delta = exchange.drain().delta();
      if (delta != null) {
        store.append(List.of(delta));
      }
    }
  }
}
