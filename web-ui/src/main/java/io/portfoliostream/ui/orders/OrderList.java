package io.portfoliostream.ui.orders;

import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.data.renderer.LitRenderer;
import io.portfoliostream.client.Changes;
import io.portfoliostream.client.PortfolioView;
import io.portfoliostream.protocol.OrderUpdate;
import io.portfoliostream.ui.live.KeyedRows;
import io.portfoliostream.ui.live.LiveFollower;
import io.portfoliostream.ui.live.LivePage;
import io.portfoliostream.ui.live.LiveState;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The orders open and closed today, newest first, their status live.
///
/// Test ids: `orders`, and per order `order-<orderId>`, `order-status-<orderId>` (with the wire's
/// word in `data-status`), `order-progress-<orderId>`.
public final class OrderList extends Composite<Grid<String>> implements LiveFollower {
  private static final String ROW =
      """
      <div class="order-row" data-testid="order-${item.id}">
        <span class="title">${item.title}</span>
        <span class="badge ${item.badge}" data-testid="order-status-${item.id}"
          data-status="${item.status}">${item.words}</span>
        <span class="detail" data-testid="order-progress-${item.id}">${item.progress}</span>
        <local-time class="detail" .ts=${item.at}></local-time>
      </div>
      """;

  private final KeyedRows rows;
  private @Nullable PortfolioView shown;

  /// A list for `page`.
  public OrderList(LivePage page) {
    var grid = getContent();
    grid.addClassNames("rows", "live-data");
    grid.addThemeVariants(GridVariant.NO_BORDER);
    grid.setSelectionMode(Grid.SelectionMode.NONE);
    grid.getElement().setAttribute("aria-label", "Orders").setAttribute("data-testid", "orders");
    grid.setEmptyStateText("No orders today.");
    grid.addColumn(
        LitRenderer.<String>of(ROW)
            .withProperty("id", id -> id)
            .withProperty("title", id -> of(id, OrderWords::title))
            .withProperty("status", id -> of(id, OrderUpdate::status))
            .withProperty("words", id -> of(id, order -> StatusWords.of(order.status()).text()))
            .withProperty("badge", id -> of(id, order -> StatusWords.of(order.status()).badge()))
            .withProperty("progress", id -> of(id, OrderWords::progress))
            .withProperty("at", id -> millis(id)));
    rows = new KeyedRows(grid);
    page.follow(this, this);
  }

  @Override
  public void showAll(LiveState now) {
    rows.show(take(now.portfolio()));
  }

  @Override
  public void showChanges(LiveState now, Changes changes) {
    if (changes.orders().isEmpty()) {
      return;
    }
    var ids = take(now.portfolio());
    if (rows.are(ids)) {
      rows.refresh(changes.orders());
    } else {
      rows.show(ids);
    }
  }

  private List<String> take(PortfolioView portfolio) {
    shown = portfolio;
    return portfolio.orders().stream().map(OrderUpdate::orderId).toList();
  }

  private String of(String id, Function<OrderUpdate, String> value) {
    var order = find(id);
    return order == null ? "" : value.apply(order);
  }

  private double millis(String id) {
    var order = find(id);
    return order == null ? 0 : order.submittedAt().toEpochMilli();
  }

  /// Empty for an order that has gone: its row may be asked for once more before it goes too.
  private @Nullable OrderUpdate find(String id) {
    return shown == null ? null : shown.order(id).orElse(null);
  }
}
