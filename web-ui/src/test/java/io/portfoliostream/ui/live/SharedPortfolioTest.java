package io.portfoliostream.ui.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.client.ConnectionState;
import io.portfoliostream.client.PortfolioListener;
import io.portfoliostream.client.PortfolioView;
import io.portfoliostream.client.Registration;
import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.protocol.OrderUpdate;
import io.portfoliostream.ui.testkit.ManualTimers;
import io.portfoliostream.ui.testkit.ScriptedPortfolio;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedPortfolioTest {
  private final ManualTimers timers = new ManualTimers();
  private final List<Closeable> opened = new ArrayList<>();
  private final SharedPortfolio shared =
      new SharedPortfolio(
          () -> {
            var portfolio = new Closeable();
            opened.add(portfolio);
            return portfolio;
          },
          timers,
          Duration.ofSeconds(10));

  @Test
  void nothingIsOpenedBeforeAPageFollows() {
    assertThat(opened).isEmpty();
  }

  @Test
  void manyPagesShareOneConnection() {
    var first = shared.subscribe(_ -> {});
    var second = shared.subscribe(_ -> {});
    assertThat(opened).hasSize(1);
    first.close();
    timers.runAll();
    assertThat(opened.getFirst().closed).isZero();
    second.close();
    timers.runAll();
    assertThat(opened.getFirst().closed).isEqualTo(1);
  }

  @Test
  void aReloadKeepsTheConnection() {
    var page = shared.subscribe(_ -> {});
    page.close();
    shared.subscribe(_ -> {});
    timers.runAll();
    assertThat(opened).hasSize(1);
    assertThat(opened.getFirst().closed).isZero();
    assertThat(timers.waiting()).isZero();
  }

  @Test
  void aPageThatComesLaterOpensANewOne() {
    shared.subscribe(_ -> {}).close();
    timers.runAll();
    shared.subscribe(_ -> {});
    assertThat(opened).hasSize(2);
    assertThat(opened.get(1).script.listeners()).isEqualTo(1);
  }

  @Test
  void closingARegistrationTwiceCountsOnce() {
    var first = shared.subscribe(_ -> {});
    shared.subscribe(_ -> {});
    first.close();
    first.close();
    timers.runAll();
    assertThat(opened.getFirst().closed).isZero();
  }

  @Test
  void theEndOfTheSessionClosesItAtOnceAndForGood() {
    var page = shared.subscribe(_ -> {});
    shared.close();
    assertThat(opened.getFirst().closed).isEqualTo(1);
    page.close();
    assertThat(timers.waiting()).isZero();
    assertThatThrownBy(() -> shared.subscribe(_ -> {})).isInstanceOf(IllegalStateException.class);
    assertThat(opened).hasSize(1);
  }

  private static final class Closeable implements OpenPortfolio {
    private final ScriptedPortfolio script = new ScriptedPortfolio();
    private int closed;

    @Override
    public PortfolioView portfolio() {
      return script.portfolio();
    }

    @Override
    public ConnectionState connection() {
      return script.connection();
    }

    @Override
    public Registration subscribe(PortfolioListener listener) {
      return script.subscribe(listener);
    }

    @Override
    public OrderUpdate submit(OrderRequest request, String idempotencyKey) {
      return script.submit(request, idempotencyKey);
    }

    @Override
    public void reconnectNow() {
      script.reconnectNow();
    }

    @Override
    public void close() {
      closed++;
    }
  }
}
