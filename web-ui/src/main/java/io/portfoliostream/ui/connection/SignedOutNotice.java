package io.portfoliostream.ui.connection;

import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.portfoliostream.client.Changes;
import io.portfoliostream.client.ConnectionState.SignedOut;
import io.portfoliostream.ui.live.LiveFollower;
import io.portfoliostream.ui.live.LivePage;
import io.portfoliostream.ui.live.LiveState;

/// Says that the session was ended elsewhere, and leads to a new one.
public final class SignedOutNotice extends Composite<Div> implements LiveFollower {
  /// A notice that is hidden until it is true.
  ///
  /// @param signIn leaves this page for the sign-in page
  public SignedOutNotice(LivePage page, Runnable signIn) {
    var button = new Button("Sign in again", _ -> signIn.run());
    button.addThemeVariants(ButtonVariant.PRIMARY);
    button.getElement().setAttribute("data-testid", "sign-in-again");
    getContent().addClassName("signed-out");
    getContent().getElement().setAttribute("role", "alert");
    getContent().add(new Span("You have been signed out. Nothing here is updated any more."));
    getContent().add(button);
    setVisible(false);
    page.follow(this, this);
  }

  @Override
  public void showAll(LiveState now) {
    setVisible(now.connection() instanceof SignedOut);
  }

  @Override
  public void showChanges(LiveState now, Changes changes) {
    if (changes.connection()) {
      showAll(now);
    }
  }
}
