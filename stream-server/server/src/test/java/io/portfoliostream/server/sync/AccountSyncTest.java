package io.portfoliostream.server.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.server.ledger.Ledger;
import io.portfoliostream.server.ledger.OrderBooking;
import io.portfoliostream.server.ledger.UnknownEvents;
import io.portfoliostream.server.marks.FeedBoard;
import io.portfoliostream.server.marks.Interest;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.testkit.ManualClock;
import io.portfoliostream.server.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The loops of one account, run by hand.
class AccountSyncTest {
  private static final int COMPARE = 2;

  private final TestDatabase database = TestDatabase.fresh();
  private final ManualClock clock = ManualClock.atNoon();
  private final Ledger ledger = new Ledger(database.dataSource(), clock, () -> "random", _ -> {});
  private final FeedBoard feeds = new FeedBoard(clock.instant());
  private final FakeBroker broker = new FakeBroker();
  private final List<Runnable> loops = new ArrayList<>();
  private Runnable afterwards = () -> {};
  private UserId demo = new UserId("unset");

  @BeforeEach
  void aUser() {
    demo = database.user("demo");
  }

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  private AccountSync sync() {
    var booking = new OrderBooking(() -> "order");
    Reconciliation.Pause pause = _ -> afterwards.run();
    var parts =
        new SyncParts(
            ledger,
            booking,
            new UnknownEvents(database.dataSource(), clock),
            new Reconciliation(ledger, booking, clock, pause),
            feeds,
            new Interest(),
            new Unmetered(),
            clock,
            loops::add,
            pause);
    return new AccountSync(demo, broker, parts, new TradingWatch(demo, feeds, clock));
  }

  /// The account is let go and another one linked while a comparison reads the old one.
  @Test
  void anAccountThatWasLetGoBooksNothingForTheNextOne() {
    broker.holds("AAPL", "10", "100");
    var sync = sync();
    sync.start();
    broker.duringRead =
        () -> {
          sync.close();
          ledger.reset(demo, "another account", _ -> {});
        };

    loops.get(COMPARE).run();

    assertThat(ledger.reads().load(demo).positions()).isEmpty();
    assertThat(ledger.reads().load(demo).account()).isNull();
    assertThat(database.count("select count(*) from portfolio where reconciled_at is not null"))
        .isZero();
  }

  @Test
  void anAccountThatIsKeptIsCompared() {
    broker.holds("AAPL", "10", "100");
    var sync = sync();
    sync.start();
    afterwards = sync::close;

    loops.get(COMPARE).run();

    assertThat(ledger.reads().load(demo).positions()).containsOnlyKeys("AAPL");
  }
}
