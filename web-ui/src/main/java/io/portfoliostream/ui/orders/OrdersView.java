package io.portfoliostream.ui.orders;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.portfoliostream.ui.connection.StaleNote;
import io.portfoliostream.ui.live.LivePage;
import jakarta.annotation.security.PermitAll;

/// Everything about orders: the ticket, today's orders and the last executions.
@Route("orders")
@PageTitle("Orders · Portfolio Stream")
@Menu(title = "Orders", order = 2)
@PermitAll
final class OrdersView extends Main {
  OrdersView(LivePage page, IdempotencyKeys keys) {
    addClassNames("page", "orders-page");
    add(
        new H1("Orders"),
        new StaleNote(),
        section("Order ticket", "ticket-section", new OrderTicket(page, keys)),
        section("Today", "orders-section", new OrderList(page)),
        section("Executions", "executions-section", new ExecutionList(page)));
  }

  private static Section section(String title, String cssClass, Component content) {
    var section = new Section(new H2(title), content);
    section.addClassNames("panel", cssClass);
    return section;
  }
}
