package io.portfoliostream.ui.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridTester;
import io.portfoliostream.client.Changes;
import io.portfoliostream.ui.testkit.PageTest;
import io.portfoliostream.ui.testkit.Samples;
import io.portfoliostream.ui.testkit.StillPortfolio;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrderListTest extends PageTest {
  @Test
  void anOrderAppearsAndItsStatusMoves() {
    var grid = new GridTester<>(show(new OrderList(page())).getContent());
    assertThat(grid.size()).isZero();
    update("queued", "0");
    assertThat(grid.size()).isEqualTo(1);
    assertThat(words(grid)).isEqualTo("Queued");
    update("new", "0");
    assertThat(words(grid)).isEqualTo("New");
    update("filled", "5");
    assertThat(words(grid)).isEqualTo("Filled");
    assertThat(grid.getLitRendererPropertyValue(0, 0, "progress", String.class))
        .isEqualTo("5 of 5 at $101.00");
  }

  private void update(String status, String filled) {
    var average = filled.equals("0") ? null : "101";
    portfolio.become(
        StillPortfolio.EMPTY.with(Samples.order("o1", status, filled, average)),
        new Changes(Set.of(), Set.of("o1"), Set.of(), false, false, false));
    settle();
  }

  private static String words(GridTester<Grid<String>, String> grid) {
    return grid.getLitRendererPropertyValue(0, 0, "words", String.class);
  }
}
