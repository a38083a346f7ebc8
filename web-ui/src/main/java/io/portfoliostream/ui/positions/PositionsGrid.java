package io.portfoliostream.ui.positions;

import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.Grid.Column;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.data.renderer.LitRenderer;
import io.portfoliostream.client.Changes;
import io.portfoliostream.client.PortfolioView;
import io.portfoliostream.protocol.PositionUpdate;
import io.portfoliostream.ui.format.Tick;
import io.portfoliostream.ui.live.KeyedRows;
import io.portfoliostream.ui.live.LiveFollower;
import io.portfoliostream.ui.live.LivePage;
import io.portfoliostream.ui.live.LiveState;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The open positions, one row each, and their totals.
///
/// A row is a symbol; its cells are read from the state that the page shows. Test ids, here for
/// AAPL: `position-AAPL`, `side-AAPL`, `qty-AAPL`, `entry-AAPL`, `price-AAPL`, `value-AAPL`,
/// `pnl-AAPL`, `pnl-percent-AAPL`, `day-pnl-AAPL`, `age-AAPL`; and `total-value`, `total-pnl`,
/// `total-day-pnl`. Numbers carry `data-value` for programs.
public final class PositionsGrid extends Composite<Grid<String>> implements LiveFollower {
  private static final String QUIET = "quiet";
  private static final String SIGNED = "signed";
  private static final String SIGNED_QUIET = SIGNED + " " + QUIET;

  private final PositionTotals totals = new PositionTotals();
  private final KeyedRows rows;
  private @Nullable PortfolioView shown;

  /// A grid for `page`.
  public PositionsGrid(LivePage page) {
    var grid = getContent();
    grid.addClassNames("positions", "live-data");
    grid.addThemeVariants(GridVariant.NO_BORDER);
    grid.setSelectionMode(Grid.SelectionMode.NONE);
    grid.setAllRowsVisible(true);
    grid.getElement()
        .setAttribute("aria-label", "Positions")
        .setAttribute("data-testid", "positions");
    addColumns(grid);
    totals.addTo(grid);
    rows = new KeyedRows(grid);
    page.follow(this, this);
  }

  @Override
  public void showAll(LiveState now) {
    rows.show(take(now.portfolio()));
    getContent().setEmptyStateText(EmptyText.of(now));
  }

  @Override
  public void showChanges(LiveState now, Changes changes) {
    if (changes.connection()) {
      getContent().setEmptyStateText(EmptyText.of(now));
    }
    if (changes.positions().isEmpty()) {
      return;
    }
    var symbols = take(now.portfolio());
    if (rows.are(symbols)) {
      rows.refresh(changes.positions());
    } else {
      rows.show(symbols);
      getContent().setEmptyStateText(EmptyText.of(now));
    }
  }

  /// Shows only what a phone has room for.
  public void showCompact(boolean compact) {
    getContent().setClassName("compact", compact);
    for (var column : getContent().getColumns()) {
      var shape = PositionColumn.valueOf(column.getKey());
      column.setVisible(!compact || shape.isOnPhones());
      column.setWidth(shape.width(compact)).setHeader(shape.header(compact));
    }
  }

  private List<String> take(PortfolioView portfolio) {
    shown = portfolio;
    totals.show(portfolio.positions());
    return portfolio.positions().stream().map(PositionUpdate::symbol).toList();
  }

  private void addColumns(Grid<String> grid) {
    add(grid, PositionColumn.SYMBOL, text("position", "symbol", PositionUpdate::symbol))
        .setComparator((a, b) -> a.compareTo(b))
        .setRowHeader(true);
    add(grid, PositionColumn.SIDE, text("side", "side", PositionColumn::side))
        .setComparator((a, b) -> compare(of(a, PositionUpdate::side), of(b, PositionUpdate::side)));
    number(grid, PositionColumn.QUANTITY, "qty", QUIET, PositionUpdate::quantity, Tick::quantity);
    number(grid, PositionColumn.ENTRY, "entry", QUIET, PositionUpdate::entryPrice, Tick::price);
    number(grid, PositionColumn.PRICE, "price", QUIET, PositionUpdate::currentPrice, Tick::price);
    number(grid, PositionColumn.VALUE, "value", QUIET, PositionUpdate::marketValue, Tick::money);
    number(grid, PositionColumn.PNL, "pnl", SIGNED, PositionUpdate::unrealizedPnl, Tick::gain);
    number(
        grid,
        PositionColumn.PNL_PERCENT,
        "pnl-percent",
        SIGNED_QUIET,
        PositionUpdate::unrealizedPnlPercent,
        Tick::percent);
    number(
        grid, PositionColumn.DAY_PNL, "day-pnl", SIGNED_QUIET, PositionUpdate::dayPnl, Tick::gain);
    var age =
        LitRenderer.<String>of("<time-ago data-testid=\"age-${item.s}\" .ts=${item.at}></time-ago>")
            .withProperty("s", symbol -> symbol)
            .withProperty("at", symbol -> of(symbol, p -> (double) p.priceAt().toEpochMilli()));
    add(grid, PositionColumn.UPDATED, age)
        .setTextAlign(ColumnTextAlign.END)
        .setComparator(
            (a, b) -> compare(of(a, PositionUpdate::priceAt), of(b, PositionUpdate::priceAt)));
  }

  private LitRenderer<String> text(
      String testId, String cssClass, Function<PositionUpdate, String> value) {
    return LitRenderer.<String>of(
            "<span class=\"%s\" data-testid=\"%s-${item.s}\">${item.v}</span>"
                .formatted(cssClass, testId))
        .withProperty("s", symbol -> symbol)
        .withProperty("v", symbol -> of(symbol, value));
  }

  private void number(
      Grid<String> grid,
      PositionColumn column,
      String testId,
      String attributes,
      Function<PositionUpdate, @Nullable BigDecimal> value,
      BiFunction<String, BigDecimal, Tick> tick) {
    var renderer =
        LitRenderer.<String>of(
                "<tick-num %s data-testid=\"%s-${item.t[0]}\" .upd=${item.t}></tick-num>"
                    .formatted(attributes, testId))
            .withProperty("t", symbol -> tick(symbol, value, tick).wire());
    add(grid, column, renderer)
        .setTextAlign(ColumnTextAlign.END)
        .setComparator((a, b) -> compare(of(a, value), of(b, value)));
  }

  /// What is not known comes first.
  private static <V extends Comparable<? super V>> int compare(@Nullable V a, @Nullable V b) {
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    return a.compareTo(b);
  }

  private Tick tick(
      String symbol,
      Function<PositionUpdate, @Nullable BigDecimal> value,
      BiFunction<String, BigDecimal, Tick> tick) {
    var number = of(symbol, value);
    return number == null ? Tick.unknown(symbol) : tick.apply(symbol, number);
  }

  /// A closed position's row may be asked for once more before it goes.
  private <V> @Nullable V of(String symbol, Function<PositionUpdate, ? extends @Nullable V> value) {
    var position = shown == null ? null : shown.position(symbol).orElse(null);
    return position == null ? null : value.apply(position);
  }

  private static Column<String> add(
      Grid<String> grid, PositionColumn column, LitRenderer<String> renderer) {
    return grid.addColumn(renderer)
        .setKey(column.name())
        .setHeader(column.header(false))
        .setWidth(column.width(false))
        .setFlexGrow(1)
        .setSortable(true);
  }
}
