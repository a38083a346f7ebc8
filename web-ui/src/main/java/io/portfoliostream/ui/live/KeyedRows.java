package io.portfoliostream.ui.live;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.dataview.GridListDataView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The rows of a grid whose items are keys and whose values are read from the shared state.
///
/// A changed row costs something only when the browser holds it.
public final class KeyedRows {
  private final Grid<String> grid;
  private final List<String> keys = new ArrayList<>();
  private final GridListDataView<String> view;

  /// The rows of `grid`, none yet.
  public KeyedRows(Grid<String> grid) {
    this.grid = grid;
    view = grid.setItems(keys);
  }

  /// Shows exactly these rows in this order, unless the user sorted otherwise.
  public void show(List<String> newKeys) {
    if (!keys.equals(newKeys)) {
      keys.clear();
      keys.addAll(newKeys);
    }
    view.refreshAll();
  }

  /// Whether the rows are these, in this order.
  public boolean are(List<String> others) {
    return keys.equals(others);
  }

  /// Shows what changed in these rows.
  public void refresh(Collection<String> changed) {
    var held = grid.getDataCommunicator().getKeyMapper();
    for (var key : changed) {
      if (held.has(key)) {
        view.refreshItem(key);
      }
    }
  }
}
