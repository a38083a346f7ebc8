package io.portfoliostream.ui.dashboard;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.signals.Signal;
import io.portfoliostream.ui.account.AccountCards;
import io.portfoliostream.ui.connection.StaleNote;
import io.portfoliostream.ui.live.LivePage;
import io.portfoliostream.ui.orders.ExecutionList;
import io.portfoliostream.ui.orders.IdempotencyKeys;
import io.portfoliostream.ui.orders.OrderList;
import io.portfoliostream.ui.orders.OrderTicket;
import io.portfoliostream.ui.positions.PositionsGrid;
import jakarta.annotation.security.PermitAll;

/// The account, the positions, and the ticket with its orders beside them.
@Route("")
@PageTitle("Dashboard · Portfolio Stream")
@Menu(title = "Dashboard", order = 1)
@PermitAll
final class DashboardView extends Main {
  private static final int PHONE_WIDTH = 700;

  private final PositionsGrid positions;

  DashboardView(LivePage page, IdempotencyKeys keys) {
    positions = new PositionsGrid(page);
    addClassNames("page", "dashboard");
    var side =
        new Div(
            panel("Order ticket", new OrderTicket(page, keys)),
            panel("Orders", new OrderList(page)),
            panel("Executions", new ExecutionList(page)));
    side.addClassName("side");
    add(
        new H1("Dashboard"),
        new StaleNote(),
        new AccountCards(page),
        panel("Positions", positions),
        side);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    super.onAttach(event);
    var size = event.getUI().getPage().windowSizeSignal();
    Signal.effect(this, () -> positions.showCompact(isPhone(size.get().width())));
  }

  /// A width of 0 is not known yet.
  private static boolean isPhone(int width) {
    return width > 0 && width < PHONE_WIDTH;
  }

  private static Section panel(String title, Component content) {
    var panel = new Section(new H2(title), content);
    panel.addClassName("panel");
    return panel;
  }
}
