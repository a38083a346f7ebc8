package io.portfoliostream.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A virtual thread that was interrupted, as that of a slow client is, gives its connection back to
/// the pool and leaves its carrier to others.
class InterruptedThreadsTest {
  private static final int CARRIERS =
      Integer.getInteger(
          "jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());
  private static final long PATIENCE_SECONDS = 20;
  private static final Set<String> YES = Set.of("isValid", "getAutoCommit");

  private final CountDownLatch start = new CountDownLatch(1);
  private final CountDownLatch holding = new CountDownLatch(CARRIERS);
  private final CountDownLatch running = new CountDownLatch(CARRIERS);
  private final CountDownLatch served = new CountDownLatch(1);
  private final AtomicBoolean go = new AtomicBoolean();

  /// The one who waits was handed a connection, and needs a carrier to take it; each of them has a
  /// thread that gives a connection back.
  @Test
  void whoWaitsForAConnectionIsServedWhileInterruptedThreadsGiveTheirsBack() throws Exception {
    try (var pool = pool()) {
      for (var thread = 0; thread < CARRIERS; thread++) {
        var _ = Thread.ofVirtual().start(() -> hold(pool));
      }
      await(holding);
      try (var _ = pool.getConnection()) {
        var waiting = Thread.ofVirtual().start(() -> borrow(pool));
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
          Thread.onSpinWait();
        }
        start.countDown();
        await(running);
      }
      go.set(true);

      assertThat(served.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  private void hold(DataSource pool) {
    try (var _ = pool.getConnection()) {
      holding.countDown();
      start.await();
      running.countDown();
      while (!go.get()) {
        Thread.onSpinWait();
      }
      Thread.currentThread().interrupt();
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void borrow(DataSource pool) {
    try (var _ = pool.getConnection()) {
      served.countDown();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  private static HikariDataSource pool() {
    var connection =
        standing(
            Connection.class,
            (_, method, _) -> answer(method.getReturnType(), YES.contains(method.getName())));
    var config = new HikariConfig();
    config.setDataSource(
        standing(
            DataSource.class,
            (_, method, _) ->
                method.getReturnType() == Connection.class
                    ? connection
                    : answer(method.getReturnType(), false)));
    config.setMaximumPoolSize(CARRIERS + 1);
    return new HikariDataSource(config);
  }

  private static <T> T standing(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static @Nullable Object answer(Class<?> type, boolean yes) {
    if (type == boolean.class) {
      return yes;
    }
    return type == int.class ? 0 : null;
  }
}
