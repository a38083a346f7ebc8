package io.portfoliostream.ui.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.BigDecimalField;
import io.portfoliostream.client.StreamApiException;
import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.protocol.OrderSide;
import io.portfoliostream.protocol.Problem.FieldError;
import io.portfoliostream.protocol.ProblemCode;
import io.portfoliostream.ui.testkit.PageTest;
import io.portfoliostream.ui.testkit.Samples;
import io.portfoliostream.ui.testkit.ScriptedPortfolio.Sent;
import io.portfoliostream.ui.testkit.StillPortfolio;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderTicketTest extends PageTest {
  private final AtomicInteger keys = new AtomicInteger();
  private OrderTicket ticket = newTicket();

  @BeforeEach
  void open() {
    portfolio.startAs(
        StillPortfolio.EMPTY.with(Samples.position("AAPL", "10", "101.5")), portfolio.connection());
    ticket = show(newTicket());
  }

  @Test
  void anOrderIsSentAndSaidToBeQueued() {
    enter("AAPL", "5");
    place();
    assertThat(portfolio.sent())
        .containsExactly(new Sent(OrderRequest.market("AAPL", "buy", new BigDecimal("5")), "k1"));
    assertThat(find(Notification.class).single().getElement().getProperty("text"))
        .isEqualTo("Buy 5 AAPL queued");
    assertThat(quantity().isEmpty()).isTrue();
    assertThat(button().isEnabled()).isTrue();
  }

  @Test
  void theNextOrderIsAnotherIntentionEvenIfItIsTheSame() {
    enter("AAPL", "5");
    place();
    enter("AAPL", "5");
    place();
    assertThat(portfolio.sent()).extracting(Sent::key).containsExactly("k1", "k2");
  }

  @Test
  void withoutAnAnswerTheSameOrderIsSentWithTheSameKey() {
    portfolio.refuse(new StreamApiException.Unreachable("no answer", null));
    enter("AAPL", "5");
    place();
    assertThat(error()).contains("will not be placed twice");
    portfolio.refuse(null);
    place();
    assertThat(portfolio.sent()).extracting(Sent::key).containsExactly("k1", "k1");
    assertThat(error()).isEmpty();
  }

  @Test
  void anotherOrderAfterALostAnswerHasItsOwnKey() {
    portfolio.refuse(new StreamApiException.Unreachable("no answer", null));
    enter("AAPL", "5");
    place();
    enter("AAPL", "6");
    place();
    assertThat(portfolio.sent()).extracting(Sent::key).containsExactly("k1", "k2");
  }

  @Test
  void whatTheServerFindsWrongStandsAtItsField() {
    portfolio.refuse(
        new StreamApiException.Refused(
            ProblemCode.INVALID
                .problem("2 fields are wrong")
                .withErrors(
                    List.of(
                        new FieldError("symbol", "is not known"),
                        new FieldError("qty", "is too large")))));
    enter("ZZZZ", "5");
    place();
    assertThat(symbol().isInvalid()).isTrue();
    assertThat(symbol().getErrorMessage()).isEqualTo("is not known");
    assertThat(quantity().getErrorMessage()).isEqualTo("is too large");
    assertThat(error()).isEmpty();
    quantity().setValue(new BigDecimal("4"));
    assertThat(quantity().isInvalid()).isFalse();
  }

  @Test
  void whatIsMissingIsToldWithoutTheServer() {
    quantity().setValue(new BigDecimal("5"));
    place();
    assertThat(symbol().isInvalid()).isTrue();
    enter("AAPL", "-1");
    place();
    assertThat(quantity().isInvalid()).isTrue();
    assertThat(portfolio.sent()).isEmpty();
  }

  @Test
  void aSellOrderSaysSo() {
    side().setValue(OrderSide.SELL);
    assertThat(button().getText()).isEqualTo("Place sell order");
    enter("AAPL", "1");
    place();
    assertThat(portfolio.sent().getFirst().request().side()).isEqualTo("sell");
  }

  @Test
  void aSymbolThatIsHeldShowsWhatTheOrderWouldCost() {
    enter("AAPL", "2");
    assertThat(text("ticket-estimate")).isEqualTo("About $203.00 at the last price of $101.50");
    portfolio.becomeAt("AAPL", portfolio.portfolio().with(Samples.position("AAPL", "10", "102")));
    settle();
    assertThat(text("ticket-estimate")).contains("$204.00");
  }

  @Test
  void theSymbolsHeldAreSuggestedAndWhatWasEnteredStays() {
    enter("TSLA", "2");
    portfolio.becomeAt("MSFT", portfolio.portfolio().with(Samples.position("MSFT", "1", "100")));
    settle();
    assertThat(symbol().getListDataView().getItems()).containsExactly("AAPL", "MSFT");
    assertThat(symbol().getValue()).isEqualTo("TSLA");
  }

  private OrderTicket newTicket() {
    return new OrderTicket(page(), () -> "k" + keys.incrementAndGet());
  }

  private void enter(String symbol, String shares) {
    symbol().setValue(symbol);
    quantity().setValue(new BigDecimal(shares));
  }

  private void place() {
    button().click();
    settle();
  }

  @SuppressWarnings("unchecked")
  private ComboBox<String> symbol() {
    return (ComboBox<String>) part("ticket-symbol");
  }

  @SuppressWarnings("unchecked")
  private RadioButtonGroup<OrderSide> side() {
    return (RadioButtonGroup<OrderSide>) part("ticket-side");
  }

  private BigDecimalField quantity() {
    return (BigDecimalField) part("ticket-qty");
  }

  private Button button() {
    return (Button) part("ticket-submit");
  }

  private String error() {
    var error = (Div) part("ticket-error");
    return error.isVisible() ? error.getText() : "";
  }

  private String text(String testId) {
    return ((Div) part(testId)).getText();
  }

  private Component part(String testId) {
    return ticket
        .getContent()
        .getChildren()
        .filter(child -> testId.equals(child.getElement().getAttribute("data-testid")))
        .findAny()
        .orElseThrow();
  }
}
