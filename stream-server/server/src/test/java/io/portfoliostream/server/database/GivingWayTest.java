package io.portfoliostream.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/// Work that can wait gives way to requests, and is never starved by them.
class GivingWayTest {
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger handedOut = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();

  private final GivingWay givingWay =
      new GivingWay(
          connections(),
          () -> requests.get() > 0,
          nanos::get,
          length -> {
            var _ = nanos.addAndGet(length.toNanos());
            requests.updateAndGet(open -> Math.max(0, open - 1));
          });

  @Test
  void a_connection_is_handed_out_at_once_while_no_request_is_kept_waiting() throws SQLException {
    connect();

    assertThat(nanos).hasValue(0);
    assertThat(handedOut).hasValue(1);
  }

  @Test
  void a_connection_waits_until_requests_press_no_longer() throws SQLException {
    requests.set(7);

    connect();

    assertThat(Duration.ofNanos(nanos.get())).isEqualTo(Duration.ofMillis(7));
    assertThat(handedOut).hasValue(1);
  }

  @Test
  void a_connection_is_handed_out_in_the_end_however_many_requests_press() throws SQLException {
    requests.set(Integer.MAX_VALUE);

    connect();

    assertThat(Duration.ofNanos(nanos.get())).isEqualTo(GivingWay.PATIENCE);
    assertThat(handedOut).hasValue(1);
  }

  private void connect() throws SQLException {
    try (var connection = givingWay.getConnection()) {
      assertThat(connection).isNotNull();
    }
  }

  private DataSource connections() {
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (_, _, _) -> {
              var _ = handedOut.incrementAndGet();
              return connection();
            });
  }

  private Connection connection() {
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Connection.class}, (_, _, _) -> null);
  }
}
