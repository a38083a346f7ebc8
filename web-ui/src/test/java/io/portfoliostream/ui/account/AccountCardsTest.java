package io.portfoliostream.ui.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.client.Changes;
import io.portfoliostream.protocol.AccountUpdate;
import io.portfoliostream.ui.format.TickNumber;
import io.portfoliostream.ui.testkit.PageTest;
import io.portfoliostream.ui.testkit.Samples;
import io.portfoliostream.ui.testkit.StillPortfolio;
import java.math.BigDecimal;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountCardsTest extends PageTest {
  @Test
  void theFiguresAreShownAndFollow() {
    var cards = show(new AccountCards(page()));
    assertThat(figure("equity")).isEqualTo("$100,000.00");
    assertThat(figure("day-pnl")).isEqualTo("−$120.50");
    assertThat(figure("cash")).isEqualTo("$50,000.25");
    assertThat(figure("buying-power")).isEqualTo("$200,000.00");
    portfolio.become(
        StillPortfolio.EMPTY.with(withCash("49000")),
        new Changes(Set.of(), Set.of(), Set.of(), true, false, false));
    settle();
    assertThat(figure("cash")).isEqualTo("$49,000.00");
    assertThat(cards.isAttached()).isTrue();
  }

  @Test
  void whatIsNotKnownYetIsADash() {
    portfolio.startAs(StillPortfolio.UNKNOWN, portfolio.connection());
    show(new AccountCards(page()));
    assertThat(figure("equity")).isEqualTo("–");
  }

  private static AccountUpdate withCash(String cash) {
    var old = Samples.ACCOUNT;
    return new AccountUpdate(
        old.equity(),
        old.buyingPower(),
        new BigDecimal(cash),
        old.portfolioValue(),
        old.dayPnl(),
        old.dayPnlPercent(),
        old.timestamp());
  }

  private String figure(String testId) {
    return find(TickNumber.class).withAttribute("data-testid", testId).single().text();
  }
}
