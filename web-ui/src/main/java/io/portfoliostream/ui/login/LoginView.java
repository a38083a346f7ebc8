package io.portfoliostream.ui.login;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import com.vaadin.flow.spring.security.AuthenticationContext;

/// The sign-in page.
///
/// The fields are named `username` and `password`. Test ids: `login`, `demo-hint`, `login-waiting`.
@Route(value = "login", autoLayout = false)
@PageTitle("Sign in · Portfolio Stream")
@AnonymousAllowed
final class LoginView extends Main implements BeforeEnterObserver {
  private static final int RETRY_MILLIS = 1000;

  private final transient AuthenticationContext authentication;
  private final LoginForm form = new LoginForm();
  private final Paragraph waiting =
      new Paragraph("You are still signed in. Waiting for the server to come back…");

  LoginView(AuthenticationContext authentication, DemoMode demo) {
    this.authentication = authentication;
    addClassName("login-page");
    form.setAction("login");
    form.setI18n(words());
    form.setForgotPasswordButtonVisible(false);
    form.getElement().setAttribute("data-testid", "login");
    waiting
        .getElement()
        .setAttribute("data-testid", "login-waiting")
        .setAttribute("role", "status");
    waiting.addClassName("waiting");
    waiting.setVisible(false);
    var card = new Div(brand(), waiting, form);
    card.addClassName("login-card");
    if (demo.on()) {
      card.add(demoHint());
    }
    add(card);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    if (authentication.isAuthenticated()) {
      event.forwardTo("");
      return;
    }
    var error = event.getLocation().getQueryParameters().getSingleParameter("error");
    if (error.isPresent()) {
      showError(error.get());
    } else {
      waitForServer(event);
    }
  }

  private void showError(String error) {
    if (error.equals("unavailable")) {
      form.showErrorMessage(
          "The server does not answer",
          "Nobody can sign in just now. Your name and password were not checked; try again soon.");
    } else {
      form.setError(true);
    }
  }

  /// A browser that remembers a session comes here only while the server cannot check it: it goes
  /// on to the dashboard, which lets it in as soon as that works.
  private void waitForServer(BeforeEnterEvent event) {
    var remembers =
        VaadinServletRequest.getCurrent() != null
            && RememberedSession.cookieOf(VaadinServletRequest.getCurrent()).isPresent();
    waiting.setVisible(remembers);
    if (remembers) {
      event.getUI().getPage().executeJs("setTimeout(() => location.assign('.'), $0)", RETRY_MILLIS);
    }
  }

  private static Div brand() {
    var logo = new Image("icons/favicon.svg", "");
    logo.addClassName("logo");
    var brand =
        new Div(logo, new H1("Portfolio Stream"), new Paragraph("Your portfolio, as it moves."));
    brand.addClassName("brand");
    return brand;
  }

  private static Div demoHint() {
    var hint = new Div(new Span("Demo accounts, the password is the name:"));
    for (var name : new String[] {"demo", "demo2", "admin"}) {
      var account = new Span(name);
      account.addClassName("account");
      hint.add(account);
    }
    hint.addClassName("demo-hint");
    hint.getElement().setAttribute("data-testid", "demo-hint");
    return hint;
  }

  private static LoginI18n words() {
    var words = LoginI18n.createDefault();
    words.getForm().setTitle("");
    words.getForm().setUsername("Username");
    words.getForm().setPassword("Password");
    words.getForm().setSubmit("Sign in");
    words.getErrorMessage().setTitle("Wrong name or password");
    words.getErrorMessage().setMessage("Check both and try again.");
    return words;
  }
}
