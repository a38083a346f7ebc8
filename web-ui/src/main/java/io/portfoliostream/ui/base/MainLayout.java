package io.portfoliostream.ui.base;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.contextmenu.SubMenu;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.router.HighlightConditions;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.router.RouterLink;
import com.vaadin.flow.server.menu.MenuConfiguration;
import com.vaadin.flow.server.menu.MenuEntry;
import com.vaadin.flow.spring.security.AuthenticationContext;
import io.portfoliostream.ui.connection.ConnectionIndicator;
import io.portfoliostream.ui.connection.SignedOutNotice;
import io.portfoliostream.ui.live.LivePage;
import jakarta.annotation.security.PermitAll;

/// The frame around the views: the product's name, where one can go, how live the page is, and the
/// user.
///
/// Test ids: `theme-toggle`, `user-menu`, `sign-out`.
@Layout
@PermitAll
final class MainLayout extends AppLayout {
  private final transient AuthenticationContext authentication;

  MainLayout(LivePage page, AuthenticationContext authentication) {
    this.authentication = authentication;
    var header =
        new Header(
            brand(),
            navigation(),
            new ConnectionIndicator(page),
            new ThemeToggle(),
            userMenu(authentication.getPrincipalName().orElse("")));
    header.addClassName("app-header");
    addToNavbar(header, new SignedOutNotice(page, authentication::logout));
  }

  private static Div brand() {
    var logo = new Image("icons/favicon.svg", "");
    logo.addClassName("logo");
    var name = new Span("Portfolio Stream");
    name.addClassName("name");
    var brand = new Div(logo, name);
    brand.addClassName("brand");
    return brand;
  }

  private static Nav navigation() {
    var nav = new Nav();
    nav.addClassName("main-nav");
    nav.setAriaLabel("Main");
    MenuConfiguration.getMenuEntries().stream().map(MainLayout::link).forEach(nav::add);
    return nav;
  }

  private static Component link(MenuEntry entry) {
    var link = new RouterLink(entry.title(), entry.menuClass());
    link.setHighlightCondition(HighlightConditions.sameLocation());
    link.setHighlightAction((target, highlighted) -> {
      target.getElement().setAttribute("aria-current", highlighted ? "page" : "false");
    });
    return link;
  }

  private MenuBar userMenu(String username) {
    var bar = new MenuBar();
    bar.addThemeVariants(MenuBarVariant.TERTIARY);
    bar.getElement().setAttribute("data-testid", "user-menu");
    var item = bar.addItem(username);
    item.setAriaLabel("Account of " + username);
    SubMenu menu = item.getSubMenu();
    var signOut = menu.addItem("Sign out", _ -> authentication.logout());
    signOut.getElement().setAttribute("data-testid", "sign-out");
    return bar;
  }
}
