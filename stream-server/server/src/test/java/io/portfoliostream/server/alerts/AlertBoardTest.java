package io.portfoliostream.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class AlertBoardTest {
  private static final Duration STEP = Duration.ofSeconds(5);

  private final Samples node = new Samples();
  private final ArrayList<Alert> told = new ArrayList<>();

  @Test
  void whatNeverFiredIsInactiveSinceTheStart() {
    node.pass(STEP);

    assertThat(node.board.alerts())
        .allSatisfy(alert -> {
          assertThat(alert.state()).isEqualTo(Alert.State.INACTIVE);
          assertThat(alert.since()).isEqualTo(Samples.NOON);
        });
  }

  @Test
  void anAlertIsToldOnceWhenItFiresAndOnceWhenItIsResolved() {
    node.board.onChange(told::add);
    node.pass(STEP);
    node.unexpected = 20;
    node.pass(Duration.ofSeconds(30));
    var fired = node.alert(AlertRule.DISCONNECT_RATE).since();
    node.pass(Duration.ofMinutes(5));

    assertThat(told)
        .extracting(Alert::rule, Alert::state, Alert::since)
        .containsExactly(
            tuple(AlertRule.DISCONNECT_RATE, Alert.State.FIRING, fired),
            tuple(
                AlertRule.DISCONNECT_RATE,
                Alert.State.RESOLVED,
                node.alert(AlertRule.DISCONNECT_RATE).since()));
    assertThat(fired).isEqualTo(Samples.NOON.plus(STEP));
    assertThat(node.alert(AlertRule.DISCONNECT_RATE).since()).isAfter(fired);
  }

  @Test
  void theValueIsThatOfTheLastLook() {
    node.pass(STEP);
    node.unexpected = 3;
    node.pass(STEP);

    assertThat(node.alert(AlertRule.DISCONNECT_RATE).value()).isEqualTo(3);
    assertThat(node.alert(AlertRule.DISCONNECT_RATE).since()).isEqualTo(Samples.NOON);
  }

  @Test
  void halfAnHourIsRemembered() {
    node.pass(Duration.ofHours(2));

    var all = node.board.history().last(Duration.ofDays(1)).orElseThrow();

    assertThat(all.length()).isEqualTo(Duration.ofMinutes(30));
    assertThat(all.to().at()).isEqualTo(node.now());
  }
}
