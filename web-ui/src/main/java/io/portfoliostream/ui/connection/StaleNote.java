package io.portfoliostream.ui.connection;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JavaScript;
import io.portfoliostream.ui.format.PageScript;

/// A line over the data that says since when, and why, it may be out of date; hidden while it is
/// live. The page fills it from what the [ConnectionIndicator] knows.
@Tag("stale-note")
@JavaScript(PageScript.URL)
public final class StaleNote extends Component {
  /// A note.
  public StaleNote() {
    getElement().setAttribute("data-testid", "stale-note").setAttribute("hidden", true);
  }
}
