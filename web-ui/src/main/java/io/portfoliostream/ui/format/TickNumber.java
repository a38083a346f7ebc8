package io.portfoliostream.ui.format;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JavaScript;

/// A number on the page that flashes when it changes: the server side of `<tick-num>`.
@Tag("tick-num")
@JavaScript(PageScript.URL)
public final class TickNumber extends Component {
  private Tick shown;

  /// A number that is not known yet.
  public TickNumber(String testId) {
    shown = Tick.unknown(testId);
    getElement().setAttribute("data-testid", testId);
    show(shown);
  }

  /// Writes the sign of the number as an arrow and a colour too.
  public TickNumber signed() {
    getElement().setAttribute("signed", true);
    return this;
  }

  /// Changes without a flash: for a number that moves only because another one did.
  public TickNumber quiet() {
    getElement().setAttribute("quiet", true);
    return this;
  }

  /// Shows a reading.
  public void show(Tick tick) {
    shown = tick;
    getElement().setPropertyList("upd", tick.wire());
  }

  /// The text that people read.
  public String text() {
    return shown.text();
  }
}
