package io.portfoliostream.server.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.server.ledger.Ledger;
import io.portfoliostream.server.ledger.OrderBooking;
import io.portfoliostream.server.testkit.ManualClock;
import io.portfoliostream.server.testkit.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class JobRunnerTest {

  /// The database refuses a statement for a reason that is no outage: later jobs are done all the
  /// same.
  @Test
  void theRunnerOutlivesAClaimThatFails() throws InterruptedException {
    try (var database = TestDatabase.fresh();
        var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      var clock = ManualClock.atNoon();
      var ledger = new Ledger(database.dataSource(), clock, () -> "random", _ -> {});
      var refused = new AtomicBoolean();
      var queue =
          new JobQueue(
              refusingOnce(database.dataSource(), refused), "node-1", Duration.ofSeconds(30));
      var broker = new ScriptedBroker();
      var submitted = new CountDownLatch(1);
      var runner =
          new JobRunner(
              queue,
              ledger,
              new OrderBooking(() -> "unused"),
              _ -> Optional.of(broker),
              _ -> submitted.countDown(),
              clock,
              workers);
      var entry = new OrderEntry(ledger, clock, () -> "o1", _ -> Permission.TRADE, runner::wake);
      var _ =
          entry.submit(
              database.user("demo"), OrderRequest.market("AAPL", "buy", BigDecimal.ONE), "k1");

      runner.start();

      assertThat(submitted.await(10, TimeUnit.SECONDS)).as("submitted").isTrue();
      assertThat(refused).as("a claim failed before").isTrue();
      runner.close();
    }
  }

  private static DataSource refusingOnce(DataSource database, AtomicBoolean refused) {
    return (DataSource)
        Proxy.newProxyInstance(
            JobRunnerTest.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (_, method, arguments) -> {
              if (method.getName().equals("getConnection") && !refused.getAndSet(true)) {
                throw new SQLException("deadlock detected", "40P01");
              }
              try {
                return method.invoke(database, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }
}
