package io.portfoliostream.ui.account;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.portfoliostream.client.Changes;
import io.portfoliostream.protocol.AccountUpdate;
import io.portfoliostream.ui.format.Tick;
import io.portfoliostream.ui.format.TickNumber;
import io.portfoliostream.ui.live.LiveFollower;
import io.portfoliostream.ui.live.LivePage;
import io.portfoliostream.ui.live.LiveState;

/// Equity, the day's profit, buying power and cash; each flashes when it changes.
///
/// Test ids: `equity`, `day-pnl`, `day-pnl-percent`, `buying-power`, `cash`.
public final class AccountCards extends Composite<Div> implements LiveFollower {
  private final TickNumber equity = new TickNumber("equity");
  private final TickNumber dayPnl = new TickNumber("day-pnl").signed();
  private final TickNumber dayPnlPercent = new TickNumber("day-pnl-percent").signed().quiet();
  private final TickNumber buyingPower = new TickNumber("buying-power");
  private final TickNumber cash = new TickNumber("cash");

  /// Cards for `page`.
  public AccountCards(LivePage page) {
    getContent().addClassNames("account-cards", "live-data");
    getContent()
        .add(
            card("Equity", equity),
            card("Day P&L", dayPnl, dayPnlPercent),
            card("Buying power", buyingPower),
            card("Cash", cash));
    page.follow(this, this);
  }

  @Override
  public void showAll(LiveState now) {
    now.portfolio().account().ifPresent(this::show);
  }

  @Override
  public void showChanges(LiveState now, Changes changes) {
    if (changes.account()) {
      showAll(now);
    }
  }

  private void show(AccountUpdate account) {
    equity.show(Tick.money("equity", account.equity()));
    dayPnl.show(Tick.gain("day-pnl", account.dayPnl()));
    dayPnlPercent.show(Tick.percent("day-pnl-percent", account.dayPnlPercent()));
    buyingPower.show(Tick.money("buying-power", account.buyingPower()));
    cash.show(Tick.money("cash", account.cash()));
  }

  private static Div card(String label, TickNumber figure, Component... besides) {
    var name = new Span(label);
    name.addClassName("label");
    var figures = new Div(figure);
    figures.add(besides);
    figures.addClassName("figures");
    var card = new Div(name, figures);
    card.addClassName("figure-card");
    return card;
  }
}
