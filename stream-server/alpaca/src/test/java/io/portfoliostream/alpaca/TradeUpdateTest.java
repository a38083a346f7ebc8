package io.portfoliostream.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TradeUpdateTest {
  private static final Instant RECEIVED = Instant.parse("2026-11-20T15:02:10.1Z");

  @Test
  void aFillCarriesTheOrderAndTheExecution() {
    var update = read("update-fill.json");
    var order = update.order();
    var execution = Objects.requireNonNull(update.execution());

    assertThat(update.event()).isEqualTo("fill");
    assertThat(update.eventId()).isEqualTo("01KX0M3Q5T9W4C7Z8D2F6H1J3K");
    assertThat(update.at()).isEqualTo("2026-11-20T15:02:10.132734Z");
    assertThat(update.timestamp()).isEqualTo("2026-11-20T15:02:10.129256359Z");
    assertThat(update.receivedAt()).isEqualTo(RECEIVED);
    assertThat(update.raw()).isEqualTo(Fixtures.text("update-fill.json"));
    assertThat(execution)
        .isEqualTo(
            new AlpacaExecution(
                "5b1c2d9e-0f42-4f8e-a1c5-3f0c7f6e2a10",
                new BigDecimal("737.95"),
                new BigDecimal("6"),
                new BigDecimal("10"),
                null));
    assertThat(order.clientOrderId()).isEqualTo("pf-42-0001");
    assertThat(order.symbol()).isEqualTo("SPY");
    assertThat(order.status()).isEqualTo("filled");
    assertThat(order.filledQty()).isEqualByComparingTo("10");
    assertThat(order.filledAvgPrice()).isEqualByComparingTo("737.91");
    assertThat(order.expiresAt()).isEqualTo("2026-11-20T21:00:00Z");
    assertThat(order.updatedAt()).isEqualTo("2026-11-20T15:02:10.130680372Z");
    assertThat(order.limitPrice()).isNull();
    assertThat(order.legs()).isEmpty();
  }

  @Test
  void numbersUnknownFieldsAndMissingOnesAreTolerated() {
    var update = read("update-new.json");
    var order = update.order();

    assertThat(update.eventId()).isNull();
    assertThat(update.at()).isNull();
    assertThat(update.timestamp()).isEqualTo("2026-11-20T15:02:09Z");
    assertThat(update.execution()).isNull();
    assertThat(order.type()).isEqualTo("limit");
    assertThat(order.qty()).isEqualByComparingTo("10");
    assertThat(order.limitPrice()).isEqualByComparingTo("737.5");
    assertThat(order.extendedHours()).isTrue();
    assertThat(order.submittedAt()).isNull();
  }

  @Test
  void aBustNamesTheExecutionItReverses() {
    var update = read("update-bust.json");
    var execution = Objects.requireNonNull(update.execution());

    assertThat(update.timestamp()).isEqualTo(update.at());
    assertThat(execution.previousExecutionId()).isEqualTo("5b1c");
    assertThat(execution.qty()).isEqualByComparingTo("-6");
    assertThat(execution.price()).isNull();
    assertThat(update.reason()).isEqualTo("TRADE_BUST");
  }

  @Test
  void aCorrectionCarriesTheNewPriceAndTheOldExecution() {
    var text =
        Fixtures.text("update-fill.json")
            .replace("\"event\":\"fill\"", "\"event\":\"trade_correct\"")
            .replace("\"qty\":\"6\"", "\"previous_execution_id\":\"4a0b\",\"qty\":\"6\"");

    var execution = Objects.requireNonNull(readText(text).execution());

    assertThat(execution.previousExecutionId()).isEqualTo("4a0b");
    assertThat(execution.executionId()).isEqualTo("5b1c2d9e-0f42-4f8e-a1c5-3f0c7f6e2a10");
    assertThat(execution.price()).isEqualByComparingTo("737.95");
    assertThat(execution.qty()).isEqualByComparingTo("6");
  }

  @Test
  void aRefusedCancelSaysWhyAndWhenItWasAskedFor() {
    var update =
        readText(
            "{\"data\":{\"event\":\"order_cancel_rejected\",\"reason\":\"TOO_LATE_TO_CANCEL\","
                + "\"order\":{\"id\":\"o\",\"client_order_id\":\"c\",\"symbol\":\"SPY\","
                + "\"status\":\"filled\",\"cancel_requested_at\":\"2026-11-20T10:02:10-05:00\","
                + "\"replaced_at\":\"2026-11-20T15:03:00Z\"}}}");

    assertThat(update.reason()).isEqualTo("TOO_LATE_TO_CANCEL");
    assertThat(update.order().cancelRequestedAt()).isEqualTo("2026-11-20T15:02:10Z");
    assertThat(update.order().replacedAt()).isEqualTo("2026-11-20T15:03:00Z");
    assertThat(update.execution()).isNull();
  }

  @Test
  void anUnknownEventIsReadLikeAnyOther() {
    var update = readText(Fixtures.text("update-new.json").replace("\"new\"", "\"teleported\""));

    assertThat(update.event()).isEqualTo("teleported");
    assertThat(update.order().status()).isEqualTo("teleported");
  }

  @Test
  void aFillWithoutItsPriceNamesTheField() {
    var broken = Fixtures.text("update-fill.json").replace("\"price\":\"737.95\",", "");

    assertThatThrownBy(() -> readText(broken)).hasMessage("data.price is missing");
  }

  @Test
  void anOrderWithoutAnIdNamesTheField() {
    assertThatThrownBy(() -> readText("{\"data\":{\"event\":\"new\",\"order\":{\"id\":null}}}"))
        .hasMessage("data.order.id is missing");
    assertThatThrownBy(() -> readText("{\"data\":{\"event\":\"new\"}}"))
        .hasMessage("data.order is missing");
  }

  @Test
  void legsAreOrdersThemselves() {
    var leg =
        "{\"id\":\"leg\",\"client_order_id\":\"c\",\"symbol\":\"SPY\",\"status\":\"held\","
            + "\"stop_price\":\"700\"}";
    var text =
        Fixtures.text("update-fill.json").replace("\"legs\":null", "\"legs\":[%s]".formatted(leg));

    var legs = readText(text).order().legs();

    assertThat(legs).extracting(AlpacaOrder::id).containsExactly("leg");
    assertThat(legs.getFirst().stopPrice()).isEqualByComparingTo("700");
  }

  private static TradeUpdate read(String fixture) {
    return readText(Fixtures.text(fixture));
  }

  private static TradeUpdate readText(String text) {
    var message = Json.parse(text.getBytes(StandardCharsets.UTF_8));
    return TradeUpdate.read(Fields.of("data", message.path("data")), text, RECEIVED);
  }
}
