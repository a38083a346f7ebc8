package io.portfoliostream.ui.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import io.portfoliostream.ui.connection.StaleNote;
import io.portfoliostream.ui.testkit.PageTest;
import org.junit.jupiter.api.Test;

class DashboardViewTest extends PageTest {
  @Test
  void aTraderFindsEverythingOnOnePage() {
    show(new DashboardView(page(), () -> "key"));
    assertThat(find(H1.class).single().getText()).isEqualTo("Dashboard");
    assertThat(find(H2.class).all())
        .extracting(H2::getText)
        .containsExactly("Positions", "Order ticket", "Orders", "Executions");
    assertThat(find(StaleNote.class).all()).hasSize(1);
  }

  @Test
  void allPartsShareOneSubscription() {
    var view = show(new DashboardView(page(), () -> "key"));
    assertThat(portfolio.listeners()).isEqualTo(1);
    UI.getCurrent().remove(view);
    settle();
    assertThat(portfolio.listeners()).isZero();
  }
}
