package io.portfoliostream.ui.orders;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.BigDecimalField;
import io.portfoliostream.client.Changes;
import io.portfoliostream.client.StreamApiException;
import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.protocol.OrderSide;
import io.portfoliostream.protocol.OrderUpdate;
import io.portfoliostream.protocol.PositionUpdate;
import io.portfoliostream.ui.format.Figures;
import io.portfoliostream.ui.live.LiveFollower;
import io.portfoliostream.ui.live.LivePage;
import io.portfoliostream.ui.live.LiveState;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A ticket for market orders.
///
/// Test ids: `ticket`, `ticket-symbol`, `ticket-side`, `ticket-qty`, `ticket-estimate`,
/// `ticket-submit`, `ticket-error`; the toast is `ticket-queued`.
public final class OrderTicket extends Composite<Div> implements LiveFollower {
  private static final int TOAST_MILLIS = 4000;
  private static final int SYMBOL_LENGTH = 16;
  private static final BigDecimal MOST_SHARES = new BigDecimal("1000000");

  private final LivePage page;
  private final TicketKey key;
  private final ComboBox<String> symbol = new ComboBox<>("Symbol");
  private final RadioButtonGroup<OrderSide> side = new RadioButtonGroup<>("Side");
  private final BigDecimalField quantity = new BigDecimalField("Quantity");
  private final Div estimate = new Div();
  private final Div error = new Div();
  private final Button submit = new Button("Place order");
  private List<String> suggestions = List.of();
  private @Nullable LiveState state;

  /// A ticket for `page`.
  public OrderTicket(LivePage page, IdempotencyKeys keys) {
    this.page = page;
    key = new TicketKey(keys);
    build();
    page.follow(this, this);
  }

  @Override
  public void showAll(LiveState now) {
    state = now;
    var symbols =
        now.portfolio().positions().stream().map(PositionUpdate::symbol).sorted().toList();
    if (!symbols.equals(suggestions)) {
      suggestions = symbols;
      var entered = symbol.getValue();
      symbol.setItems(symbols);
      symbol.setValue(entered);
    }
    showEstimate();
  }

  @Override
  public void showChanges(LiveState now, Changes changes) {
    if (!changes.positions().isEmpty()) {
      showAll(now);
    }
  }

  private void build() {
    symbol.setAllowCustomValue(true);
    symbol.addCustomValueSetListener(event -> symbol.setValue(normal(event.getDetail())));
    symbol.setPlaceholder("AAPL");
    side.setItems(OrderSide.BUY, OrderSide.SELL);
    side.setItemLabelGenerator(OrderWords::side);
    side.setValue(OrderSide.BUY);
    side.addClassName("side-choice");
    quantity.setLocale(Locale.US);
    quantity.setPlaceholder("0");
    quantity.addKeyPressListener(Key.ENTER, _ -> send());
    submit.addThemeVariants(ButtonVariant.PRIMARY);
    submit.addClickListener(_ -> send());
    for (var field : List.<HasValidation>of(symbol, side, quantity)) {
      field.setManualValidation(true);
    }
    symbol.addValueChangeListener(_ -> edited(symbol));
    side.addValueChangeListener(_ -> edited(side));
    quantity.addValueChangeListener(_ -> edited(quantity));
    estimate.addClassName("estimate");
    error.addClassName("form-error");
    error.getElement().setAttribute("role", "alert");
    error.setVisible(false);
    name(symbol, "ticket-symbol");
    name(side, "ticket-side");
    name(quantity, "ticket-qty");
    name(estimate, "ticket-estimate");
    name(submit, "ticket-submit");
    name(error, "ticket-error");
    name(getContent(), "ticket");
    getContent().addClassName("ticket");
    getContent().add(symbol, side, quantity, estimate, error, submit);
    showSide();
  }

  private void edited(HasValidation field) {
    field.setInvalid(false);
    showSide();
    showEstimate();
  }

  private void showSide() {
    boolean buy = side.getValue() == OrderSide.BUY;
    submit.setText(buy ? "Place buy order" : "Place sell order");
    submit.setClassName("buy", buy);
    submit.setClassName("sell", !buy);
  }

  private void showEstimate() {
    var position = state == null ? null : position(state);
    var shares = quantity.getValue();
    if (position == null || shares == null || shares.signum() <= 0) {
      estimate.setText("Market order, good for the day");
      return;
    }
    var price = position.currentPrice();
    estimate.setText(
        "About %s at the last price of %s"
            .formatted(Figures.money(price.multiply(shares)), Figures.price(price)));
  }

  private @Nullable PositionUpdate position(LiveState now) {
    var entered = symbol.getValue();
    return entered == null ? null : now.portfolio().position(entered).orElse(null);
  }

  private void send() {
    if (!submit.isEnabled()) {
      return;
    }
    var mistakes = mistakes();
    show(new TicketErrors(mistakes, "", true));
    if (!mistakes.isEmpty()) {
      return;
    }
    var buy = side.getValue() == OrderSide.BUY;
    var request =
        OrderRequest.market(
            symbol.getValue(), buy ? "buy" : "sell", Objects.requireNonNull(quantity.getValue()));
    submit.setEnabled(false);
    page.submit(request, key.of(request), this::accepted, this::failed);
  }

  /// What can be told without asking the server.
  private Map<String, String> mistakes() {
    var entered = symbol.getValue();
    var shares = quantity.getValue();
    if (entered == null || entered.isEmpty() || entered.length() > SYMBOL_LENGTH) {
      return Map.of(TicketErrors.SYMBOL, "Enter a symbol, like AAPL");
    }
    if (shares == null || shares.signum() <= 0 || shares.compareTo(MOST_SHARES) > 0) {
      return Map.of(TicketErrors.QTY, "Enter a number of shares above 0");
    }
    return Map.of();
  }

  private void accepted(OrderUpdate order) {
    key.settled();
    submit.setEnabled(true);
    quantity.clear();
    var toast =
        Notification.show(
            OrderWords.title(order) + " queued", TOAST_MILLIS, Notification.Position.BOTTOM_START);
    toast.addThemeVariants(NotificationVariant.SUCCESS);
    toast.getElement().setAttribute("data-testid", "ticket-queued");
  }

  private void failed(StreamApiException failure) {
    var errors = TicketErrors.of(failure);
    if (errors.settled()) {
      key.settled();
    }
    submit.setEnabled(true);
    show(errors);
  }

  private void show(TicketErrors errors) {
    mark(symbol, errors.fields().get(TicketErrors.SYMBOL));
    mark(side, errors.fields().get(TicketErrors.SIDE));
    mark(quantity, errors.fields().get(TicketErrors.QTY));
    error.setText(errors.general());
    error.setVisible(!errors.general().isEmpty());
  }

  private static void mark(HasValidation field, @Nullable String message) {
    field.setErrorMessage(message == null ? "" : message);
    field.setInvalid(message != null);
  }

  private static String normal(String entered) {
    return entered.strip().toUpperCase(Locale.ROOT);
  }

  private static void name(Component component, String testId) {
    component.getElement().setAttribute("data-testid", testId);
  }
}
