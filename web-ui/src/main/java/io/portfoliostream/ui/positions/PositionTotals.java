package io.portfoliostream.ui.positions;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Span;
import io.portfoliostream.protocol.PositionUpdate;
import io.portfoliostream.ui.format.Tick;
import io.portfoliostream.ui.format.TickNumber;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The sums under the positions.
final class PositionTotals {
  private final TickNumber value = new TickNumber("total-value").quiet();
  private final TickNumber pnl = new TickNumber("total-pnl").signed().quiet();
  private final TickNumber dayPnl = new TickNumber("total-day-pnl").signed().quiet();

  void addTo(Grid<String> grid) {
    column(grid, PositionColumn.SYMBOL).setFooter(new Span("Total"));
    column(grid, PositionColumn.VALUE).setFooter(value);
    column(grid, PositionColumn.PNL).setFooter(pnl);
    column(grid, PositionColumn.DAY_PNL).setFooter(dayPnl);
  }

  void show(Collection<PositionUpdate> positions) {
    value.show(Tick.money("total-value", sum(positions, PositionUpdate::marketValue)));
    pnl.show(Tick.gain("total-pnl", sum(positions, PositionUpdate::unrealizedPnl)));
    dayPnl.show(Tick.gain("total-day-pnl", sum(positions, PositionUpdate::dayPnl)));
  }

  private static BigDecimal sum(
      Collection<PositionUpdate> positions, Function<PositionUpdate, @Nullable BigDecimal> figure) {
    return positions.stream()
        .map(figure)
        .filter(Objects::nonNull)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Grid.Column<String> column(Grid<String> grid, PositionColumn column) {
    return Objects.requireNonNull(grid.getColumnByKey(column.name()), column.name());
  }
}
