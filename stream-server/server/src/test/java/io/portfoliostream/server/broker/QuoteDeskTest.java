package io.portfoliostream.server.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.server.marks.Halts;
import io.portfoliostream.server.marks.MarkBook;
import io.portfoliostream.server.marks.Quote;
import io.portfoliostream.server.portfolio.Mark;
import io.portfoliostream.server.testkit.ManualClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuoteDeskTest {
  private final ManualClock clock = ManualClock.atNoon();
  private final FakeMarket market = new FakeMarket(clock);
  private final MarkBook book = new MarkBook();
  private final Halts halts = new Halts();
  private final QuoteDesk desk = new QuoteDesk(market, book, halts, "AAPL"::equals, clock);

  @Test
  void lastBidAndOfferAreReadWhenAskedFor() {
    market.trades("AAPL", "190.50", clock.instant());

    var quote = quote("AAPL");

    assertThat(last(quote)).isEqualByComparingTo("190.50");
    var offers = Objects.requireNonNull(quote.offers());
    assertThat(offers.bid()).isEqualByComparingTo("190.49");
    assertThat(offers.ask()).isEqualByComparingTo("190.51");
    assertThat(quote.readAt()).isEqualTo(clock.instant());
    assertThat(quote.stale()).isFalse();
  }

  @Test
  void whoAsksSoonAfterSharesTheAnswer() {
    market.trades("AAPL", "190.50", clock.instant());
    market.trades("MSFT", "400", clock.instant());
    quote("AAPL");

    clock.advance(Duration.ofSeconds(1));
    desk.quotes(Set.of("AAPL", "MSFT"));
    clock.advance(Duration.ofSeconds(1));
    quote("AAPL");

    assertThat(market.asked).containsExactly("AAPL", "MSFT", "AAPL");
  }

  @Test
  void aTradeThatTheStreamToldLaterStands() {
    market.trades("AAPL", "190.50", clock.instant());
    mark("AAPL", "190.70", clock.instant().plusMillis(10));
    assertThat(last(quote("AAPL"))).isEqualByComparingTo("190.70");

    market.trades("AAPL", "190.90", clock.instant().plusMillis(20));
    clock.advance(QuoteDesk.SHARED);
    assertThat(last(quote("AAPL"))).isEqualByComparingTo("190.90");
  }

  @Test
  void withTheBrokerAwayWhatIsKnownIsCalledStale() {
    market.trades("AAPL", "190.50", clock.instant());
    var readAt = clock.instant();
    quote("AAPL");
    market.away = true;
    clock.advance(Duration.ofMinutes(1));

    var quote = quote("AAPL");

    assertThat(quote.stale()).isTrue();
    assertThat(quote.readAt()).isEqualTo(readAt);
    assertThat(last(quote)).isEqualByComparingTo("190.50");
    var never = quote("MSFT");
    assertThat(never.stale()).isTrue();
    assertThat(never.last()).isNull();
    assertThat(never.readAt()).isNull();
  }

  @Test
  void whatTheBrokerDoesNotKnowIsLeftOut() {
    market.trades("AAPL", "190.50", clock.instant());

    assertThat(desk.quotes(Set.of("AAPL", "NOPE"))).containsOnlyKeys("AAPL");
  }

  @Test
  void theSourceAndTheHaltAreTold() {
    market.trades("AAPL", "190.50", clock.instant());
    market.trades("MSFT", "400", clock.instant());
    halts.status("MSFT", "H", "News pending", clock.instant());

    assertThat(quote("AAPL").source()).isEqualTo(Quote.Source.STREAM);
    assertThat(quote("AAPL").halt()).isNull();
    assertThat(quote("MSFT").source()).isEqualTo(Quote.Source.POLL);
    assertThat(Objects.requireNonNull(quote("MSFT").halt()).reason()).isEqualTo("News pending");
  }

  private Quote quote(String symbol) {
    return Objects.requireNonNull(desk.quotes(Set.of(symbol)).get(symbol));
  }

  private static BigDecimal last(Quote quote) {
    return Objects.requireNonNull(quote.last()).price();
  }

  private void mark(String symbol, String price, Instant at) {
    book.offer(List.of(new Mark(symbol, new BigDecimal(price), at, at)));
  }
}
