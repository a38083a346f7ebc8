package io.portfoliostream.server.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.server.bus.Announcement.RealtimeChanged;
import io.portfoliostream.server.bus.InProcessBus;
import io.portfoliostream.server.ledger.LedgerUnavailable;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.testkit.FragileDataSource;
import io.portfoliostream.server.testkit.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RolloutSwitchTest {
  private static final UserId ADMIN = new UserId("root");

  private final TestDatabase database = TestDatabase.fresh();
  private final FragileDataSource source = new FragileDataSource(database.dataSource());
  private final RolloutStore store = new RolloutStore(source);
  private final InProcessBus bus = new InProcessBus();
  private final RolloutSwitch here = RolloutSwitch.start(store, bus, true);

  @AfterEach
  void close() {
    here.close();
    bus.close();
    database.close();
  }

  @Test
  void withoutAnyChangeEveryoneMayStream() {
    assertThat(here.state().rollout()).isEqualTo(Rollout.EVERYONE);
    assertThat(here.state().changedBy()).isNull();
  }

  @Test
  void aChangeIsStoredAndFoundAfterARestart() {
    here.change(null, 20, ADMIN);
    here.change(false, null, ADMIN);

    var restarted = RolloutSwitch.start(store, bus, true).state();

    assertThat(restarted.rollout()).isEqualTo(new Rollout(false, 20));
    assertThat(restarted.changedBy()).isEqualTo("root");
  }

  @Test
  void aConfigurationThatSaysOffWinsOverWhatIsStored() {
    here.change(true, 50, ADMIN);

    var configuredOff = RolloutSwitch.start(store, new InProcessBus(), false);
    configuredOff.refresh();

    assertThat(configuredOff.state().rollout()).isEqualTo(new Rollout(false, 50));
  }

  @Test
  void aNodeThatBeganWithRealTimeOffFollowsALaterChange() {
    var configuredOff = RolloutSwitch.start(store, bus, false);
    assertThat(configuredOff.change(null, 40, ADMIN).rollout()).isEqualTo(new Rollout(false, 40));

    here.change(true, null, ADMIN);

    assertThat(configuredOff.state().rollout()).isEqualTo(new Rollout(true, 40));
  }

  @Test
  void everyNodeHearsOfAChangeOnce() {
    var there = RolloutSwitch.start(store, bus, true);
    var heard = new ArrayList<Rollout>();
    there.onChange(heard::add);

    here.change(true, 20, ADMIN);
    there.refresh();

    assertThat(heard).containsExactly(new Rollout(true, 20));
  }

  @Test
  void aChangeThatTheBusLostIsFoundInTheDatabase() {
    var deaf = RolloutSwitch.start(store, new InProcessBus(), true);
    here.change(false, null, ADMIN);
    assertThat(deaf.state().rollout()).isEqualTo(Rollout.EVERYONE);

    deaf.refresh();

    assertThat(deaf.state().rollout()).isEqualTo(new Rollout(false, 100));
  }

  @Test
  void anOlderWordChangesNothing() {
    here.change(false, null, ADMIN);

    bus.announce(new RealtimeChanged(true, 100, 1, Instant.EPOCH, "late"));

    assertThat(here.state().rollout()).isEqualTo(new Rollout(false, 100));
  }

  @Test
  void whatCannotBeStoredIsNotDone() {
    source.goAway();

    assertThatThrownBy(() -> here.change(false, null, ADMIN)).isInstanceOf(LedgerUnavailable.class);

    assertThat(here.state().rollout()).isEqualTo(Rollout.EVERYONE);
  }
}
