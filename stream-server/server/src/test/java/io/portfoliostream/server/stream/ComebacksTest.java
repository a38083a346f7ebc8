package io.portfoliostream.server.stream;

import static io.portfoliostream.server.stream.Stage.ANN;
import static io.portfoliostream.server.stream.Stage.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.protocol.CloseCode;
import io.portfoliostream.server.bus.Announcement.ClientReturned;
import io.portfoliostream.server.bus.Announcement.Disconnect;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComebacksTest {
  private final Stage stage = new Stage();

  @Test
  void whoComesBackInPlaceOfALostConnectionCameBack() {
    lose(stage.live(ANN));
    stage.wait(5_000);

    stage.open(Stage.client(ANN, "again", "c1"));
    stage.wait(60_000);

    assertThat(stage.metrics.returns).containsExactly(Duration.ofSeconds(5));
    assertThat(stage.metrics.stayedAway).isZero();
  }

  @Test
  void whoResumesOnANewConnectionCameBackToo() {
    var lost = stage.live(ANN);
    var epoch = stage.ledger.load(ANN).epoch();
    lose(lost);
    stage.wait(2_000);

    stage.open(ANN).resume(epoch, 0);

    assertThat(stage.metrics.returns).containsExactly(Duration.ofSeconds(2));
  }

  @Test
  void aReturnCountsOnce() {
    lose(stage.live(ANN));

    stage.open(Stage.client(ANN, "again", "c1"));
    stage.open(Stage.client(ANN, "once more", "c1"));

    assertThat(stage.metrics.returns).hasSize(1);
  }

  @Test
  void whoIsAwayForMoreThanHalfAMinuteDidNotComeBackInTime() {
    lose(stage.live(ANN));
    stage.wait(33_000);
    assertThat(stage.metrics.stayedAway).isEqualTo(1);

    stage.open(Stage.client(ANN, "late", "c1"));

    assertThat(stage.metrics.returns).isEmpty();
    assertThat(stage.metrics.stayedAway).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 1009, 4004, 4005, 4400, 4401})
  void whoseConnectionEndedForGoodIsNotWaitedFor(int code) {
    var seat = stage.live(ANN);
    seat.connection().peerClosed(code);
    seat.connection().gone();

    stage.open(Stage.client(ANN, "again", "c1"));
    stage.wait(60_000);

    assertThat(stage.metrics.returns).isEmpty();
    assertThat(stage.metrics.stayedAway).isZero();
  }

  @Test
  void aClientThatComesBackBeforeItsLossIsNoticedCameBackAfterAnUnknownTime() {
    stage.live(ANN);

    stage.open(Stage.client(ANN, "again", "c1"));

    assertThat(stage.metrics.returns).hasSize(1);
    assertThat(stage.metrics.returns.getFirst()).isNull();
  }

  @Test
  void aClientThatComesBackOnAnotherNodeCameBack() {
    lose(stage.live(ANN));
    stage.wait(3_000);

    stage.bus.announce(new ClientReturned(ANN, "c1"));

    assertThat(stage.metrics.returns).containsExactly(Duration.ofSeconds(3));
  }

  @Test
  void anotherUsersConnectionIsNobodysReturn() {
    lose(stage.live(ANN));

    stage.open(Stage.client(BOB, "again", "c1"));

    assertThat(stage.metrics.returns).isEmpty();
  }

  @Test
  void clientsOfADisconnectedUserAreToldWhenToComeBackAndNobodyElseIs() {
    var ann = stage.live(ANN);
    var bob = stage.live(BOB);

    stage.bus.announce(new Disconnect(ANN));
    stage.time.settle();

    assertThat(ann.pipe().types()).containsExactly("shutdown");
    assertThat(ann.pipe().closeCode()).isEqualTo(CloseCode.RESTART.code());
    assertThat(bob.pipe().closeCode()).isNull();
  }

  private static void lose(Stage.Seat seat) {
    seat.connection().gone();
  }
}
