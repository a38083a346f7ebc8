package io.portfoliostream.ui.base;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Span;

/// Switches between the light and the dark theme; the browser remembers a choice that differs from
/// the system's.
final class ThemeToggle extends Button {
  ThemeToggle() {
    var icon = new Span();
    icon.addClassName("theme-icon");
    setIcon(icon);
    addThemeVariants(ButtonVariant.TERTIARY);
    setAriaLabel("Switch theme");
    getElement().setAttribute("data-testid", "theme-toggle");
  }

  @Override
  protected void onAttach(AttachEvent event) {
    super.onAttach(event);
    getElement().executeJs("window.portfolioTheme.bind(this)");
  }
}
