package io.portfoliostream.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.testkit.ManualClock;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class EquityCurvesTest {
  private static final UserId ADA = new UserId("ada");
  private static final EquityQuery MONTH = new EquityQuery("1M", "1D");

  private final ManualClock clock = ManualClock.atNoon();
  private final Map<UserId, BrokerAccount> accounts = new HashMap<>();
  private final Deque<Runnable> work = new ArrayDeque<>();
  private boolean lazy;
  private int reads;

  private final EquityCurves curves =
      new EquityCurves(
          user -> Optional.ofNullable(accounts.get(user)),
          clock,
          task -> {
            work.add(task);
            if (!lazy) {
              work.remove().run();
            }
          },
          Duration.ofMillis(1));

  @Test
  void aCurveIsSharedForAWhileAndThenReadAnew() {
    accounts.put(ADA, account(() -> worth("100")));
    var asked = clock.instant();

    assertThat(equity(MONTH)).isEqualTo("100");
    clock.advance(EquityCurves.SHARED.minusMillis(1));
    assertThat(equity(MONTH)).isEqualTo("100");
    assertThat(reads).isEqualTo(1);
    assertThat(curves.of(ADA, MONTH).orElseThrow().asOf()).isEqualTo(asked);

    clock.advance(Duration.ofMillis(1));
    equity(MONTH);
    equity(new EquityQuery("1W", "1D"));
    assertThat(reads).isEqualTo(3);
  }

  /// REQ-2: nobody is shown the curve of another user, or of an account that is no more linked.
  @Test
  void aCurveIsThatOfTheUsersAccountAtPresent() {
    var bob = new UserId("bob");
    accounts.put(ADA, account(() -> worth("100")));
    accounts.put(bob, account(() -> worth("200")));
    assertThat(equity(MONTH)).isEqualTo("100");
    assertThat(curves.of(bob, MONTH).orElseThrow().curve()).isEqualTo(worth("200"));

    accounts.put(ADA, account(() -> worth("300")));
    assertThat(equity(MONTH)).isEqualTo("300");

    accounts.remove(ADA);
    assertThat(curves.of(ADA, MONTH)).isEmpty();
  }

  @Test
  void aFailureIsToldAndNotRepeatedAtOnce() {
    accounts.put(
        ADA,
        account(() -> {
          throw new BrokerUnavailable("no route", null);
        }));

    assertThatThrownBy(() -> curves.of(ADA, MONTH)).isInstanceOf(BrokerUnavailable.class);
    assertThatThrownBy(() -> curves.of(ADA, MONTH)).isInstanceOf(BrokerUnavailable.class);
    assertThat(reads).isEqualTo(1);

    clock.advance(EquityCurves.SHARED_FAILURE);
    assertThatThrownBy(() -> curves.of(ADA, MONTH)).isInstanceOf(BrokerUnavailable.class);
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void aReadThatTakesTooLongServesThoseWhoAskLater() {
    accounts.put(ADA, account(() -> worth("100")));
    lazy = true;

    assertThatThrownBy(() -> curves.of(ADA, MONTH)).isInstanceOf(BrokerUnavailable.class);
    clock.advance(EquityCurves.SHARED);
    assertThatThrownBy(() -> curves.of(ADA, MONTH)).isInstanceOf(BrokerUnavailable.class);
    assertThat(work).as("the second waited for the first one's read").hasSize(1);

    clock.advance(Duration.ofSeconds(-15));
    work.remove().run();
    assertThat(equity(MONTH)).isEqualTo("100");
    assertThat(reads).isEqualTo(1);
  }

  private String equity(EquityQuery query) {
    return curves.of(ADA, query).orElseThrow().curve().points().getFirst().equity().toString();
  }

  private EquityCurve worth(String equity) {
    var point = new EquityCurve.Point(clock.instant(), new BigDecimal(equity), null, null);
    return new EquityCurve("1D", null, null, List.of(point));
  }

  /// An account that tells its worth and nothing else.
  private BrokerAccount account(Supplier<EquityCurve> curve) {
    return (BrokerAccount)
        Proxy.newProxyInstance(
            BrokerAccount.class.getClassLoader(),
            new Class<?>[] {BrokerAccount.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "equity" -> {
                    reads++;
                    yield curve.get();
                  }
                  case "equals" ->
                      arguments != null && arguments[0].hashCode() == System.identityHashCode(self);
                  case "hashCode" -> System.identityHashCode(self);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
