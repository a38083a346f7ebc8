package io.portfoliostream.ui.positions;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridTester;
import com.vaadin.flow.data.provider.SortDirection;
import io.portfoliostream.client.ConnectionState;
import io.portfoliostream.ui.format.TickNumber;
import io.portfoliostream.ui.testkit.PageTest;
import io.portfoliostream.ui.testkit.Samples;
import io.portfoliostream.ui.testkit.StillPortfolio;
import java.util.List;
import org.junit.jupiter.api.Test;

/// REQ-11.
class PositionsGridTest extends PageTest {
  private static final StillPortfolio TWO =
      StillPortfolio.EMPTY
          .with(Samples.position("MSFT", "2", "90"))
          .with(Samples.position("AAPL", "10", "101.5"));

  @Test
  void everyPositionHasARow() {
    var grid = show(TWO);
    assertThat(grid.size()).isEqualTo(2);
    assertThat(grid.getRow(0)).isEqualTo("AAPL");
    assertThat(cell(grid, 0, PositionColumn.QUANTITY)).containsExactly("AAPL", "10", "10");
    assertThat(cell(grid, 0, PositionColumn.PRICE)).containsExactly("AAPL", "101.5", "$101.50");
    assertThat(cell(grid, 0, PositionColumn.PNL)).containsExactly("AAPL", "15", "+$15.00");
    assertThat(cell(grid, 1, PositionColumn.PNL)).containsExactly("MSFT", "-20", "−$20.00");
    assertThat(cell(grid, 1, PositionColumn.DAY_PNL)).containsExactly("MSFT", "", "–");
  }

  @Test
  void aNewPriceReachesItsRowAndTheTotals() {
    var grid = show(TWO);
    portfolio.becomeAt("AAPL", TWO.with(Samples.position("AAPL", "10", "103")));
    settle();
    assertThat(cell(grid, 0, PositionColumn.PNL)).containsExactly("AAPL", "30", "+$30.00");
    assertThat(total(grid, PositionColumn.PNL)).isEqualTo("+$10.00");
    assertThat(total(grid, PositionColumn.VALUE)).isEqualTo("$1,210.00");
  }

  @Test
  void positionsComeAndGo() {
    var grid = show(TWO);
    portfolio.becomeAt("NVDA", TWO.with(Samples.position("NVDA", "1", "100")));
    settle();
    assertThat(grid.size()).isEqualTo(3);
    portfolio.becomeAt("AAPL", portfolio.portfolio().with(Samples.position("AAPL", "0", "100")));
    settle();
    assertThat(grid.size()).isEqualTo(2);
    assertThat(grid.getRow(0)).isEqualTo("MSFT");
  }

  @Test
  void rowsCanBeSortedByANumber() {
    var grid = show(TWO);
    grid.sortByColumn(PositionColumn.PNL.name(), SortDirection.ASCENDING);
    assertThat(grid.getRow(0)).isEqualTo("MSFT");
    grid.sortByColumn(PositionColumn.PNL.name(), SortDirection.DESCENDING);
    assertThat(grid.getRow(0)).isEqualTo("AAPL");
  }

  @Test
  void nothingKnownNothingOwnedAndNoServerAreToldApart() {
    portfolio.startAs(StillPortfolio.UNKNOWN, new ConnectionState.Connecting(1));
    var positions = show(new PositionsGrid(page()));
    assertThat(positions.getContent().getEmptyStateText()).startsWith("Loading");
    portfolio.connect(new ConnectionState.Reconnecting(1, Samples.NOON));
    settle();
    assertThat(positions.getContent().getEmptyStateText()).contains("cannot be reached");
    portfolio.startAs(StillPortfolio.EMPTY, new ConnectionState.Live(Samples.NOON));
    portfolio.connect(new ConnectionState.Live(Samples.NOON));
    settle();
    assertThat(positions.getContent().getEmptyStateText()).startsWith("No open positions");
  }

  @Test
  void aPhoneShowsTheColumnsThatMatter() {
    portfolio.startAs(TWO, portfolio.connection());
    var positions = show(new PositionsGrid(page()));
    positions.showCompact(true);
    assertThat(visible(positions.getContent()))
        .containsExactly("SYMBOL", "QUANTITY", "PRICE", "PNL", "UPDATED");
    positions.showCompact(false);
    assertThat(visible(positions.getContent())).hasSize(PositionColumn.values().length);
  }

  private GridTester<Grid<String>, String> show(StillPortfolio first) {
    portfolio.startAs(first, portfolio.connection());
    return new GridTester<>(show(new PositionsGrid(page())).getContent());
  }

  private static List<String> visible(Grid<String> grid) {
    return grid.getColumns().stream()
        .filter(Grid.Column::isVisible)
        .map(Grid.Column::getKey)
        .toList();
  }

  private static List<String> cell(
      GridTester<Grid<String>, String> grid, int row, PositionColumn column) {
    List<?> wire = grid.getLitRendererPropertyValue(row, column.name(), "t", List.class);
    return wire.stream().map(String::valueOf).toList();
  }

  private static String total(GridTester<Grid<String>, String> grid, PositionColumn column) {
    return ((TickNumber) grid.getColumn(column.name()).getFooterComponent()).text();
  }
}
