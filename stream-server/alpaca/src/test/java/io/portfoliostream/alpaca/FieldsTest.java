package io.portfoliostream.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
  @ParameterizedTest
  @CsvSource({
    "2026-07-24T14:45:00Z, 2026-07-24T14:45:00Z",
    "2026-11-20T15:02:10.129256359Z, 2026-11-20T15:02:10.129256359Z",
    "2026-11-20T15:02:10.132734Z, 2026-11-20T15:02:10.132734Z",
    "2026-11-20T10:42:48.601374373-05:00, 2026-11-20T15:42:48.601374373Z",
    "2026-07-24T10:45:00-04:00, 2026-07-24T14:45:00Z"
  })
  void timesOfEveryFormAreTheSameInstants(String text, Instant instant) {
    assertThat(fields("{\"t\":\"%s\"}".formatted(text)).instantOrNull("t")).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"187.5", "\"187.5\"", "1.875e2", "\"187.50\""})
  void decimalsMayBeTextsOrNumbers(String json) {
    assertThat(fields("{\"p\":%s}".formatted(json)).decimal("p")).isEqualByComparingTo("187.5");
  }

  @Test
  void numbersAreExact() {
    var fields = fields("{\"p\":0.1,\"q\":63900.123456789012345678}");

    assertThat(fields.decimal("p").toPlainString()).isEqualTo("0.1");
    assertThat(fields.decimal("q").toPlainString()).isEqualTo("63900.123456789012345678");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e999999999", "\"1e999999999\"", "\"1E-60\"", "\"ten\"", "\"\"", "true", "[]"})
  void aDecimalOutOfAllBoundsIsNamed(String json) {
    assertThatThrownBy(() -> fields("{\"p\":%s}".formatted(json)).decimal("p"))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining("thing.p");
  }

  @Test
  void nullCountsAsAbsent() {
    var fields = fields("{\"a\":null}");

    assertThat(fields.textOrNull("a")).isNull();
    assertThat(fields.decimalOrNull("a")).isNull();
    assertThat(fields.instantOrNull("a")).isNull();
    assertThat(fields.objectIfPresent("a")).isEmpty();
    assertThat(fields.flag("a")).isFalse();
    assertThatThrownBy(() -> fields.text("a")).hasMessage("thing.a is missing");
  }

  @Test
  void whatHasTheWrongKindIsNamed() {
    var fields = fields("{\"a\":{\"b\":[1]},\"t\":\"yesterday\",\"e\":\"\"}");

    assertThatThrownBy(() -> fields.text("a")).hasMessage("thing.a is not a text");
    assertThatThrownBy(() -> fields.flag("t")).hasMessage("thing.t is not a boolean");
    assertThatThrownBy(() -> fields.instantOrNull("t")).hasMessage("thing.t is not a time");
    assertThatThrownBy(() -> fields.identifier("e")).hasMessage("thing.e is empty");
    assertThatThrownBy(() -> fields.object("a").object("b"))
        .hasMessage("thing.a.b is not an object");
    assertThatThrownBy(() -> fields.object("a").objects("b", Fields::path))
        .hasMessage("thing.a.b[0] is not an object");
    assertThatThrownBy(() -> fields.object("a").texts("b")).hasMessageContaining("thing.a.b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{} {}", "{\"a\":1,}", "\u0001", "<html>"})
  void whatIsNotOneJsonValueIsUnreadable(String text) {
    assertThatThrownBy(() -> fields(text)).isInstanceOf(UnreadableException.class);
  }

  @Test
  void nestingHasABound() {
    assertThatThrownBy(() -> fields("[".repeat(100_000))).isInstanceOf(UnreadableException.class);
  }

  private static Fields fields(String json) {
    return Fields.of("thing", Json.parse(json.getBytes(StandardCharsets.UTF_8)));
  }
}
