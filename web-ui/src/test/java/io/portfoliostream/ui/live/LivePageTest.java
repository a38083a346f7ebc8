package io.portfoliostream.ui.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.server.VaadinSession;
import io.portfoliostream.client.Changes;
import io.portfoliostream.ui.testkit.PageTest;
import io.portfoliostream.ui.testkit.Samples;
import io.portfoliostream.ui.testkit.StillPortfolio;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// REQ-11: what arrives is shown without being asked for.
class LivePageTest extends PageTest {
  private final Recorder recorder = new Recorder();

  @Test
  void everythingIsShownWhenAPartComesOntoThePage() {
    var part = new Div();
    page().follow(part, recorder);
    assertThat(portfolio.listeners()).isZero();
    show(part);
    assertThat(recorder.log).containsExactly("all", "beat 1");
  }

  @Test
  void aChangeReachesThePage() {
    follow();
    portfolio.becomeAt("AAPL", StillPortfolio.EMPTY.with(Samples.position("AAPL", "1", "101")));
    settle();
    assertThat(recorder.log).containsExactly("all", "beat 1", "[AAPL] of 1", "beat 2");
  }

  @Test
  void changesWhileThePageIsBusyBecomeOneUpdateOfTheNewestState() throws InterruptedException {
    follow();
    var aapl = StillPortfolio.EMPTY.with(Samples.position("AAPL", "1", "101"));
    var thread =
        Thread.ofVirtual()
            .start(() -> {
              portfolio.becomeAt("AAPL", aapl);
              portfolio.becomeAt("AAPL", aapl);
              portfolio.becomeAt("MSFT", aapl.with(Samples.position("MSFT", "1", "101")));
            });
    thread.join(); // this thread holds the page's lock meanwhile
    assertThat(VaadinSession.getCurrent().hasLock()).isTrue();
    settle();
    assertThat(recorder.log).containsExactly("all", "beat 1", "[AAPL, MSFT] of 2", "beat 2");
  }

  @Test
  void aQuietPageGivesASignOfLifeAtEveryPulseAndABusyOneSkipsIt() {
    follow();
    timers.runAll();
    settle();
    assertThat(recorder.log).containsExactly("all", "beat 1", "[] of 0", "beat 2");
    timers.runAll(); // it has just sent one
    settle();
    assertThat(recorder.log).hasSize(4);
    timers.runAll();
    settle();
    assertThat(recorder.log).endsWith("[] of 0", "beat 3");
  }

  @Test
  void leavingThePageEndsTheSubscription() {
    var part = follow();
    UI.getCurrent().remove(part);
    settle();
    assertThat(portfolio.listeners()).isZero();
    timers.runAll();
    settle();
    assertThat(recorder.log).containsExactly("all", "beat 1");
  }

  @Test
  void onePartThatFailsDoesNotHoldUpTheOthers() {
    var page = page();
    var broken = new Div();
    page.follow(broken, new Broken());
    show(broken);
    var part = new Div();
    page.follow(part, recorder);
    show(part);
    var session = VaadinSession.getCurrent();
    session.setErrorHandler(_ -> recorder.log.add("failed"));
    portfolio.becomeAt("AAPL", StillPortfolio.EMPTY);
    session.getService().runPendingAccessTasks(session);
    assertThat(recorder.log).contains("failed", "[AAPL] of 0");
  }

  private Div follow() {
    var part = new Div();
    page().follow(part, recorder);
    return show(part);
  }

  private static final class Broken implements LiveFollower {
    @Override
    public void showAll(LiveState now) {}

    @Override
    public void showChanges(LiveState now, Changes changes) {
      throw new IllegalStateException("broken");
    }
  }

  private static final class Recorder implements LiveFollower {
    private final List<String> log = new ArrayList<>();

    @Override
    public void showAll(LiveState now) {
      log.add("all");
    }

    @Override
    public void showChanges(LiveState now, Changes changes) {
      var sorted = new TreeSet<>(changes.positions());
      log.add(sorted + " of " + now.portfolio().positions().size());
    }

    @Override
    public void beat(long number, Instant at) {
      log.add("beat " + number);
    }
  }
}
