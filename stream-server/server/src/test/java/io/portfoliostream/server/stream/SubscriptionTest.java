package io.portfoliostream.server.stream;

import static io.portfoliostream.server.stream.Stage.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.portfoliostream.protocol.Channel;
import io.portfoliostream.protocol.ClientMessage.Subscribe;
import io.portfoliostream.protocol.ClientMessage.Unsubscribe;
import io.portfoliostream.protocol.ErrorNotice;
import io.portfoliostream.protocol.Payload;
import io.portfoliostream.protocol.ServerMessage;
import io.portfoliostream.protocol.Subscribed;
import io.portfoliostream.protocol.Welcome;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubscriptionTest {
  private final Stage stage = new Stage();

  private Instant now() {
    return stage.time.instant();
  }

  private static Subscribed answer(Stage.Seat seat) {
    return (Subscribed) first(seat).data();
  }

  private static ServerMessage first(Stage.Seat seat) {
    return seat.pipe().take().getFirst();
  }

  private void bookTwoSymbols() {
    stage.book(
        ANN,
        Events.position("AAPL", "1", now()),
        Events.position("MSFT", "2", now()),
        Events.order("o1", "AAPL", "new", now()),
        Events.order("o2", "MSFT", "new", now()),
        Events.trade("x1", "AAPL", "1", now()),
        Events.trade("x2", "MSFT", "2", now()),
        Events.account("100", now()));
  }

  @Test
  void theWelcomeTellsTheRules() {
    bookTwoSymbols();

    var welcome = (Welcome) stage.open(ANN).pipe().only().data();

    assertThat(welcome.protocol()).isEqualTo(1);
    assertThat(welcome.epoch()).isEqualTo("e1");
    assertThat(welcome.seq()).isEqualTo(7);
    assertThat(welcome.node()).isEqualTo("node-1");
    assertThat(welcome.heartbeat()).isEqualTo(new Welcome.Heartbeat(15_000, 30_000));
    assertThat(welcome.conflation()).isEqualTo(new Welcome.Conflation(1_000, 400, 60_000));
    assertThat(welcome.limits()).isEqualTo(new Welcome.Limits(16_384, 20));
  }

  @Test
  void nothingButTheWelcomeComesBeforeASubscription() {
    bookTwoSymbols();
    var seat = stage.open(ANN);
    var _ = seat.pipe().take();

    stage.tick("AAPL", "120");
    stage.book(ANN, Events.account("1", now()));
    stage.wait(16_000);

    assertThat(seat.pipe().take()).isEmpty();
  }

  @Test
  void aSubscriptionToEverythingGetsTheWholePortfolioAtItsSeq() {
    bookTwoSymbols();
    var seat = stage.open(ANN);
    var _ = seat.pipe().take();

    seat.subscribe();

    var answer = answer(seat);
    assertThat(answer.channels()).containsExactlyInAnyOrder(Channel.values());
    assertThat(answer.symbols()).isNull();
    assertThat(answer.recovered()).isFalse();
    assertThat(answer.seq()).isEqualTo(7);
    assertThat(answer.snapshot()).isNotNull();
    assertThat(answer.snapshot().positions()).hasSize(2);
    assertThat(answer.snapshot().orders()).hasSize(2);
    assertThat(answer.snapshot().trades()).hasSize(2);
    assertThat(answer.snapshot().account()).isNotNull();
  }

  @Test
  void symbolsNarrowPositionsOrdersAndTradesButNotTheAccount() {
    bookTwoSymbols();
    var seat = stage.open(ANN);
    var _ = seat.pipe().take();

    seat.say(new Subscribe(null, Set.of("MSFT"), null, null));

    var answer = answer(seat);
    assertThat(answer.symbols()).containsExactly("MSFT");
    assertThat(answer.snapshot()).isNotNull();
    assertThat(answer.snapshot().positions()).extracting("symbol").containsExactly("MSFT");
    assertThat(answer.snapshot().orders()).extracting("symbol").containsExactly("MSFT");
    assertThat(answer.snapshot().trades()).extracting("symbol").containsExactly("MSFT");
    assertThat(answer.snapshot().account()).isNotNull();
  }

  @Test
  void channelsAddUpAndAreTakenAway() {
    var seat = stage.open(ANN);
    var _ = seat.pipe().take();

    seat.subscribe(Set.of(Channel.ORDERS));
    seat.subscribe(Set.of(Channel.ACCOUNT));
    seat.say(new Unsubscribe(Set.of(Channel.ORDERS, Channel.TRADES), null));
    seat.say(new Unsubscribe(null, null));

    assertThat(seat.pipe().payloads())
        .extracting(payload -> ((Subscribed) payload).channels())
        .containsExactly(
            Set.of(Channel.ORDERS),
            Set.of(Channel.ORDERS, Channel.ACCOUNT),
            Set.of(Channel.ACCOUNT),
            Set.of());
    stage.book(ANN, Events.account("1", now()));
    assertThat(seat.pipe().take()).isEmpty();
  }

  @Test
  void symbolsAddUpAndAreTakenAway() {
    var seat = stage.open(ANN);
    var _ = seat.pipe().take();

    seat.subscribe();
    seat.say(new Subscribe(null, Set.of("AAPL"), null, null));
    seat.say(new Subscribe(null, Set.of("MSFT"), null, null));
    seat.say(new Unsubscribe(null, Set.of("AAPL")));
    seat.say(new Unsubscribe(null, null));
    seat.subscribe();

    assertThat(seat.pipe().payloads())
        .extracting(payload -> ((Subscribed) payload).symbols())
        .containsExactly(null, Set.of("AAPL"), Set.of("AAPL", "MSFT"), Set.of("MSFT"), null, null);
  }

  @Test
  void aSymbolCannotBeTakenFromAll() {
    var seat = stage.live(ANN);

    seat.say(new Unsubscribe(null, Set.of("AAPL")));

    assertThat(((ErrorNotice) seat.pipe().only().data()).code()).isEqualTo("bad_symbol");
  }

  @Test
  void aSubscriptionNamesAtMostFiveHundredSymbols() {
    var seat = stage.open(ANN);
    var _ = seat.pipe().take();

    seat.say(new Subscribe(null, symbols("A", 300), null, null));
    seat.say(new Subscribe(null, symbols("B", 300), null, null));

    assertThat(seat.pipe().payloads())
        .extracting(Payload::messageType)
        .containsExactly("subscribed", "error");
  }

  private static Set<String> symbols(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).collect(Collectors.toSet());
  }

  @Test
  void theAnswerHasCaughtUpWithTheLog() {
    var other = stage.live(ANN);
    var seat = stage.open(ANN);
    var _ = seat.pipe().take();
    var _ = stage.bookQuietly(ANN, Events.account("1", now()));

    seat.subscribe();

    assertThat(answer(seat).seq()).isEqualTo(1);
    assertThat(other.pipe().only().seq()).isEqualTo(1);
  }

  @Test
  void whatIsBookedWhileTheAnswerIsMadeIsNeitherLostNorToldTwice() {
    var seat = stage.open(ANN);
    var _ = seat.pipe().take();
    stage.ledger.duringNextRead(() -> stage.book(ANN, Events.account("1", now())));

    seat.subscribe();
    stage.book(ANN, Events.account("2", now()));

    assertThat(seat.pipe().take())
        .extracting(message -> message.data().messageType(), ServerMessage::seq)
        .containsExactly(tuple("subscribed", 1L), tuple("account_update", 2L));
  }
}
