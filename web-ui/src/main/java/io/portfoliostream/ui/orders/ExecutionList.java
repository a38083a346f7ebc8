package io.portfoliostream.ui.orders;

import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.data.renderer.LitRenderer;
import io.portfoliostream.client.Changes;
import io.portfoliostream.protocol.TradeExecuted;
import io.portfoliostream.ui.live.KeyedRows;
import io.portfoliostream.ui.live.LiveFollower;
import io.portfoliostream.ui.live.LivePage;
import io.portfoliostream.ui.live.LiveState;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The last executions, newest first.
///
/// Test ids: `executions`, and per execution `execution-<executionId>`.
public final class ExecutionList extends Composite<Grid<String>> implements LiveFollower {
  private static final String ROW =
      """
      <div class="order-row" data-testid="execution-${item.id}">
        <span class="title">${item.title}</span>
        <local-time class="detail" .ts=${item.at}></local-time>
        <span class="detail">${item.remark}</span>
      </div>
      """;

  private final KeyedRows rows;
  private Map<String, TradeExecuted> shown = Map.of();

  /// A list for `page`.
  public ExecutionList(LivePage page) {
    var grid = getContent();
    grid.addClassNames("rows", "live-data");
    grid.addThemeVariants(GridVariant.NO_BORDER);
    grid.setSelectionMode(Grid.SelectionMode.NONE);
    grid.getElement()
        .setAttribute("aria-label", "Executions")
        .setAttribute("data-testid", "executions");
    grid.setEmptyStateText("No executions yet.");
    grid.addColumn(
        LitRenderer.<String>of(ROW)
            .withProperty("id", id -> id)
            .withProperty("title", id -> of(id, OrderWords::execution))
            .withProperty("remark", id -> of(id, OrderWords::remark))
            .withProperty("at", id -> millis(id)));
    rows = new KeyedRows(grid);
    page.follow(this, this);
  }

  @Override
  public void showAll(LiveState now) {
    shown =
        now.portfolio().trades().stream()
            .collect(Collectors.toMap(TradeExecuted::executionId, Function.identity()));
    rows.show(now.portfolio().trades().stream().map(TradeExecuted::executionId).toList());
  }

  @Override
  public void showChanges(LiveState now, Changes changes) {
    if (!changes.trades().isEmpty()) {
      showAll(now);
    }
  }

  private String of(String id, Function<TradeExecuted, String> value) {
    var trade = shown.get(id);
    return trade == null ? "" : value.apply(trade);
  }

  private double millis(String id) {
    var trade = shown.get(id);
    return trade == null ? 0 : trade.executedAt().toEpochMilli();
  }
}
