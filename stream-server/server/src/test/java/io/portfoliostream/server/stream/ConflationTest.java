package io.portfoliostream.server.stream;

import static io.portfoliostream.server.stream.Stage.ANN;
import static io.portfoliostream.server.stream.Stage.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.portfoliostream.protocol.AccountUpdate;
import io.portfoliostream.protocol.BatchUpdate;
import io.portfoliostream.protocol.Channel;
import io.portfoliostream.protocol.ClientMessage.Subscribe;
import io.portfoliostream.protocol.PositionUpdate;
import io.portfoliostream.protocol.ServerMessage;
import io.portfoliostream.protocol.Subscribed;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConflationTest {
  private final Stage stage = new Stage();

  @BeforeEach
  void annHoldsTwoAndBobOne() {
    var at = stage.time.instant();
    stage.book(
        ANN,
        Events.position("AAPL", "10", at),
        Events.position("MSFT", "-5", at),
        Events.account("9000", at));
    stage.book(BOB, Events.position("TSLA", "1", at), Events.account("100", at));
  }

  private static BatchUpdate batch(ServerMessage message) {
    return (BatchUpdate) message.data();
  }

  /// REQ-4: the first price change after a quiet time leaves at once, with what follows from it.
  @Test
  void theFirstTickLeavesAtOnceWithItsAccount() {
    var seat = stage.live(ANN);

    stage.tick("AAPL", "101");

    var batch = batch(seat.pipe().only());
    assertThat(batch.positions()).hasSize(1);
    var position = batch.positionsOrNone().getFirst();
    assertThat(position.currentPrice()).isEqualByComparingTo("101");
    assertThat(position.unrealizedPnl()).isEqualByComparingTo("10.00");
    assertThat(batch.account()).isNotNull();
    assertThat(batch.account().equity()).isEqualByComparingTo("9510.00");
    assertThat(batch.account().dayPnl()).isEqualByComparingTo("-490.00");
    assertThat(batch.merged()).isEqualTo(1);
  }

  /// REQ-4: under constant ticks no change waits longer than max-wait.
  @Test
  void underConstantTicksNoChangeWaitsLongerThanMaxWait() {
    var seat = stage.live(ANN);

    for (int i = 0; i < 500; i++) {
      stage.tick("AAPL", "101." + (100 + i));
      stage.wait(10);
    }

    assertThat(stage.metrics.marksDelivered)
        .isNotEmpty()
        .allSatisfy(wait -> assertThat(wait).isLessThanOrEqualTo(Duration.ofMillis(400)));
    assertThat(seat.pipe().types()).filteredOn("batch"::equals).hasSizeBetween(12, 14);
  }

  /// REQ-5: many changes of many keys are one message, which says how many were folded in.
  @Test
  void changesWithinAWindowAreOneMessageOfTheLatestValues() {
    var seat = stage.live(ANN);
    stage.tick("AAPL", "101");
    var _ = seat.pipe().take();
    stage.wait(10);
    var oldest = stage.time.instant();
    for (int i = 0; i < 20; i++) {
      stage.tick("AAPL", "10" + i);
      stage.tick("MSFT", "20" + i);
      stage.wait(10);
    }

    assertThat(seat.pipe().take()).isEmpty();
    stage.wait(1_000);

    var message = seat.pipe().only();
    var batch = batch(message);
    assertThat(batch.merged()).isEqualTo(40);
    assertThat(batch.positionsOrNone())
        .extracting(PositionUpdate::currentPrice)
        .containsExactlyInAnyOrder(new BigDecimal("1019"), new BigDecimal("2019"));
    assertThat(message.timestamp()).isEqualTo(oldest);
    assertThat(stage.metrics.changes).isEqualTo(41);
    assertThat(stage.metrics.updates).isEqualTo(3);
  }

  @Test
  void marksMoveNoSequence() {
    var seat = stage.live(ANN);

    stage.tick("AAPL", "101");

    var message = seat.pipe().only();
    assertThat(message.prevSeq()).isEqualTo(3);
    assertThat(message.seq()).isEqualTo(3);
  }

  /// REQ-2: a price reaches those only who hold the symbol.
  @Test
  void aTickOfAnothersSymbolSaysNothing() {
    var ann = stage.live(ANN);
    var bob = stage.live(BOB);

    stage.tick("TSLA", "200");

    assertThat(ann.pipe().take()).isEmpty();
    assertThat(bob.pipe().only().userId()).isEqualTo("bob");
  }

  @Test
  void aTickThatChangesNothingSaysNothing() {
    var seat = stage.live(ANN);
    var mark = Events.mark("AAPL", "101", stage.time.instant());
    stage.bus.publishTicks(List.of(mark));
    stage.time.settle();
    var _ = seat.pipe().take();

    stage.bus.publishTicks(List.of(mark));
    stage.wait(2_000);

    assertThat(seat.pipe().take()).isEmpty();
  }

  @Test
  void aBookingOfAKeyDiscardsItsWaitingMark() {
    var seat = stage.live(ANN);
    stage.tick("AAPL", "101");
    stage.wait(10);
    stage.tick("AAPL", "102");
    var _ = seat.pipe().take();

    stage.book(ANN, Events.position("AAPL", "12", stage.time.instant()));

    var booked = batch(seat.pipe().only()).positionsOrNone().getFirst();
    assertThat(booked.quantity()).isEqualByComparingTo("12");
    assertThat(booked.currentPrice()).isEqualByComparingTo("102");
    stage.wait(2_000);
    assertThat(seat.pipe().take()).isEmpty();
  }

  @Test
  void aMarkNeverBringsBackWhatWasSold() {
    var seat = stage.live(ANN);
    stage.tick("AAPL", "101");
    stage.wait(10);
    stage.tick("AAPL", "102");
    stage.tick("MSFT", "102");
    var _ = seat.pipe().take();
    stage.book(ANN, Events.position("AAPL", "0", stage.time.instant()));
    var closed = batch(seat.pipe().only()).positionsOrNone().getFirst();
    assertThat(closed.isClosed()).isTrue();

    stage.wait(2_000);

    assertThat(batch(seat.pipe().only()).positionsOrNone())
        .extracting(PositionUpdate::symbol)
        .containsExactly("MSFT");
    stage.tick("AAPL", "150");
    stage.wait(2_000);
    assertThat(seat.pipe().take()).isEmpty();
  }

  @Test
  void aSlowerWindowIsGrantedAndStandsForMaxWaitToo() {
    var quick = stage.live(ANN);
    var slow = stage.open(ANN);
    slow.say(new Subscribe(null, null, 5_000, null));
    assertThat(((Subscribed) slow.pipe().take().getLast().data()).windowMs()).isEqualTo(5_000);

    for (int i = 0; i < 1_000; i++) {
      stage.tick("AAPL", "101." + (100 + i));
      stage.wait(10);
    }

    assertThat(quick.pipe().types()).filteredOn("batch"::equals).hasSizeGreaterThan(20);
    assertThat(slow.pipe().types()).filteredOn("batch"::equals).hasSize(3);
  }

  @Test
  void anImpatientOrEndlessWindowIsBroughtIntoBounds() {
    var seat = stage.open(ANN);
    seat.say(new Subscribe(null, null, 1, null));
    seat.say(new Subscribe(null, null, 600_000, null));
    seat.say(new Subscribe(null, null, null, null));

    assertThat(seat.pipe().take().stream().skip(1).map(ServerMessage::data))
        .extracting(answer -> ((Subscribed) answer).windowMs())
        .containsExactly(1_000L, 60_000L, 60_000L);
  }

  @Test
  void connectionsThatAreShownTheSameShareTheBytes() {
    var one = stage.live(ANN);
    var other = stage.live(ANN);

    stage.tick("AAPL", "101");
    stage.book(ANN, Events.account("1", stage.time.instant()));

    var frames = one.pipe().frames();
    assertThat(other.pipe().frames().reversed().subList(0, 2))
        .usingElementComparator((a, b) -> a == b ? 0 : 1)
        .isEqualTo(frames.reversed().subList(0, 2));
  }

  @Test
  void aFilterNarrowsMarksToItsSymbolsAndChannels() {
    var symbols = stage.open(ANN);
    symbols.say(new Subscribe(Set.of(Channel.POSITIONS), Set.of("MSFT"), null, null));
    var account = stage.open(ANN);
    account.subscribe(Set.of(Channel.ACCOUNT));
    var _ = symbols.pipe().take();
    var _ = account.pipe().take();

    stage.tick("AAPL", "101");

    assertThat(symbols.pipe().take()).isEmpty();
    assertThat(account.pipe().only().data()).isInstanceOf(AccountUpdate.class);
    stage.wait(5_000);
    stage.tick("MSFT", "99");
    assertThat(symbols.pipe().only().data()).isInstanceOf(PositionUpdate.class);
  }

  /// A client that does not read gets the latest marks once, of all keys, not every one that ever
  /// was.
  @Test
  void marksThatWaitForASlowClientAreReplacedByTheLatest() {
    var seat = stage.live(ANN);
    var first = stage.time.instant();
    seat.pipe().onWrite(() -> slowly(seat));

    stage.tick("AAPL", "101");

    var messages = seat.pipe().take();
    assertThat(messages).hasSize(2);
    var late = messages.getLast();
    assertThat(batch(late).positionsOrNone())
        .extracting(PositionUpdate::symbol, PositionUpdate::currentPrice)
        .containsExactlyInAnyOrder(
            tuple("AAPL", new BigDecimal("103")), tuple("MSFT", new BigDecimal("99")));
    assertThat(batch(late).merged()).isEqualTo(3);
    assertThat(late.timestamp()).isEqualTo(first.plusMillis(10));
  }

  /// While the first marks are being written, three changes come in two windows.
  private void slowly(Stage.Seat seat) {
    seat.pipe().onWrite(() -> {});
    stage.wait(10);
    stage.tick("AAPL", "102");
    stage.wait(500);
    stage.tick("AAPL", "103");
    stage.tick("MSFT", "99");
    stage.wait(1_000);
  }
}
