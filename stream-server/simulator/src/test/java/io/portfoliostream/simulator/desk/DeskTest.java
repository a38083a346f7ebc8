package io.portfoliostream.simulator.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.simulator.broker.Delta;
import io.portfoliostream.simulator.broker.ExchangeState;
import io.portfoliostream.simulator.broker.Side;
import io.portfoliostream.simulator.broker.Ticket;
import io.portfoliostream.simulator.store.MemoryStore;
import io.portfoliostream.simulator.store.Store;
import io.portfoliostream.simulator.testkit.Market;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeskTest {
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final Market market = Market.quiet();

  @Test
  void aChangeIsSavedBeforeAnyoneHearsOfIt() {
    try (var desk = desk(new LoggingStore())) {
      desk.call(exchange -> exchange.submit(Market.ALICE, ticket("one")));
      log.add("answered");
    }
    assertThat(log).startsWith("saved 1", "heard pending_new", "answered");
  }

  @Test
  void aQuestionWaitsUntilWhatItSeesIsSaved() throws Exception {
    var writing = new CountDownLatch(1);
    var mayWrite = new CountDownLatch(1);
    var store =
        new LoggingStore() {
          @Override
          public void append(List<Delta> deltas) throws IOException {
            writing.countDown();
            await(mayWrite);
            super.append(deltas);
          }
        };
    try (var desk = desk(store);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var order =
          threads.submit(
              () -> desk.call(exchange -> exchange.submit(Market.ALICE, ticket("slow"))));
      await(writing);
      var question =
          threads.submit(() -> {
            int seen = orders(desk);
            log.add("saw " + seen);
            return seen;
          });
      awaitWaiting(desk, 2);
      assertThat(log).isEmpty();
      mayWrite.countDown();
      assertThat(question.get(10, TimeUnit.SECONDS)).isEqualTo(1);
      order.get(10, TimeUnit.SECONDS);
      assertThat(log).startsWith("saved 1").contains("saw 1");
    }
  }

  @Test
  void changesOfCallersThatWaitTogetherShareOneWrite() throws Exception {
    int callers = 50;
    var sizes = new CopyOnWriteArrayList<Integer>();
    var mayWrite = new CountDownLatch(1);
    var store =
        new LoggingStore() {
          @Override
          public void append(List<Delta> deltas) {
            await(mayWrite);
            sizes.add(deltas.size());
          }
        };
    try (var desk = desk(store);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int caller = 0; caller < callers; caller++) {
        var ticket = ticket("many-" + caller);
        var _ = threads.submit(() -> desk.call(exchange -> exchange.submit(Market.ALICE, ticket)));
      }
      awaitWaiting(desk, callers);
      mayWrite.countDown();
      threads.shutdown();
      assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
      assertThat(orders(desk)).isEqualTo(callers);
    }
    assertThat(sizes).hasSizeLessThanOrEqualTo(2);
    assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(callers);
  }

  @Test
  void aStateThatCannotBeSavedIsNeverAnswered() {
    var store =
        new LoggingStore() {
          @Override
          public void append(List<Delta> deltas) throws IOException {
            throw new IOException("disk full");
          }
        };
    try (var desk = desk(store)) {
      assertThatThrownBy(() -> desk.call(exchange -> exchange.submit(Market.ALICE, ticket("lost"))))
          .isInstanceOf(IllegalStateException.class)
          .hasRootCauseMessage("disk full");
      assertThatThrownBy(() -> orders(desk)).hasMessageContaining("cannot save");
    }
    assertThat(log).isEmpty();
  }

  @Test
  void closingKeepsTheLastState() {
    var kept = new ArrayList<ExchangeState>();
    var store =
        new LoggingStore() {
          @Override
          public void snapshot(ExchangeState state) {
            kept.add(state);
          }
        };
    var desk = desk(store);
    desk.call(exchange -> exchange.submit(Market.ALICE, ticket("kept")));
    desk.close();
    assertThat(kept).hasSize(1);
    assertThat(kept.getFirst().accounts().getFirst().orders()).hasSize(1);
    assertThatThrownBy(() -> orders(desk)).hasMessageContaining("closed");
  }

  @Test
  void ticksAloneAreNotSaved() {
    var lively = Market.lively(1);
    var saved = new AtomicInteger();
    var store =
        new LoggingStore() {
          @Override
          public void append(List<Delta> deltas) {
            saved.incrementAndGet();
          }
        };
    try (var desk =
        new Desk(
            lively.exchange(), store, (_, points) -> log.add("p" + points.size()), DeskTest::run)) {
      for (int step = 0; step < 40; step++) {
        lively.clock().advance(Duration.ofMillis(100));
        desk.advance();
      }
      assertThat(saved.get()).isZero();
      lively.clock().advance(Duration.ofSeconds(5));
      desk.advance();
      assertThat(saved.get()).isEqualTo(1);
    }
    assertThat(log).hasSizeGreaterThan(10);
  }

  private static int orders(Desk desk) {
    return desk.call(exchange -> exchange.book(Market.ALICE).orders().size());
  }

  private Desk desk(Store store) {
    return new Desk(
        market.exchange(),
        store,
        (updates, _) -> updates.forEach(update -> log.add("heard " + update.event())),
        DeskTest::run);
  }

  private static void run(Runnable writer) {
    Thread.ofPlatform().name("test-writer").daemon().start(writer);
  }

  private static Ticket ticket(String id) {
    return Ticket.market(id, "KO", Side.BUY, BigDecimal.ONE);
  }

  private static void awaitWaiting(Desk desk, int callers) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (desk.waitingCallers() < callers) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  private class LoggingStore implements Store {
    private final MemoryStore memory = new MemoryStore();

    @Override
    public Optional<Saved> load() {
      return memory.load();
    }

    @Override
    public void begin(ExchangeState state) {
      memory.begin(state);
    }

    @Override
    public void append(List<Delta> deltas) throws IOException {
      deltas.forEach(delta -> log.add("saved " + delta.serial()));
    }

    @Override
    public boolean wantsSnapshot() {
      return false;
    }

    @Override
    public void snapshot(ExchangeState state) {
      memory.snapshot(state);
    }

    @Override
    public void close() {
      memory.close();
    }
  }
}
