package io.portfoliostream.server.stream;

import static io.portfoliostream.server.stream.Stage.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// REQ-15: what a delivery takes is measured from the arrival to the client, part by part.
class DeliveryTest {
  private final Stage stage = new Stage();

  @BeforeEach
  void annHoldsOne() {
    var at = stage.time.instant();
    stage.book(ANN, Events.position("AAPL", "10", at), Events.account("9000", at));
  }

  @Test
  void whatCameLateToTheStreamsTookThatLongToBeKnown() {
    stage.live(ANN);
    stage.metrics.deliveries.clear();

    tickThatArrivedBefore(30);

    assertThat(only()).isEqualTo(new Delivery(millis(30), millis(0), millis(0), null));
    assertThat(only().total()).isEqualTo(millis(30));
  }

  @Test
  void whatWaitedForItsWindowIsCountedFromItsOldestChange() {
    stage.live(ANN);
    tickThatArrivedBefore(0);
    stage.wait(100);
    stage.metrics.deliveries.clear();

    tickThatArrivedBefore(20);
    stage.wait(200);
    tickThatArrivedBefore(0);
    stage.wait(400);

    assertThat(only()).isEqualTo(new Delivery(millis(20), millis(380), millis(0), null));
    assertThat(only().total()).isEqualTo(millis(400));
  }

  @Test
  void whatWaitedInTheOutboxIsCountedThere() {
    var seat = stage.live(ANN);
    stage.metrics.deliveries.clear();
    seat.pipe().onWrite(() -> stage.time.advance(millis(70)));

    stage.book(ANN, Events.account("8000", stage.time.instant()));

    assertThat(only().outbox()).isEqualTo(millis(70));
    assertThat(only().conflation()).isZero();
  }

  @Test
  void theWayToTheClientIsHalfOfTheWayThereAndBack() {
    var seat = stage.live(ANN);
    stage.metrics.deliveries.clear();
    tickThatArrivedBefore(0);
    assertThat(only().toClient()).isEmpty();
    stage.wait(15_000);
    var ping = seat.pipe().pings().getLast();
    stage.wait(40);
    seat.connection().pong(ping);
    stage.metrics.deliveries.clear();

    tickThatArrivedBefore(5);

    var roundTrip = stage.metrics.roundTrips.getLast();
    assertThat(roundTrip).isGreaterThanOrEqualTo(millis(40));
    assertThat(only().toClient()).contains(millis(5).plus(roundTrip.dividedBy(2)));
  }

  @Test
  void aClockThatWasSetBackMakesNoTimeNegative() {
    var delivery = new Delivery(millis(-5), millis(-1), millis(7), millis(10));

    assertThat(delivery.total()).isEqualTo(millis(7));
    assertThat(delivery.toClient()).contains(millis(12));
  }

  private void tickThatArrivedBefore(int millis) {
    var at = stage.time.instant().minusMillis(millis);
    stage.bus.publishTicks(List.of(Events.mark("AAPL", "10" + millis, at)));
    stage.time.settle();
  }

  private Delivery only() {
    assertThat(stage.metrics.deliveries).hasSize(1);
    return stage.metrics.deliveries.getFirst();
  }

  private static Duration millis(int millis) {
    return Duration.ofMillis(millis);
  }
}
