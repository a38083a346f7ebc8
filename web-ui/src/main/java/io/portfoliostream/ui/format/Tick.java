package io.portfoliostream.ui.format;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One reading of a number that moves, as the page element `<tick-num>` takes it.
///
/// The element flashes when the value changes while the key stays; a list that reuses its elements
/// for other rows therefore never flashes by itself.
///
/// @param key what the number belongs to
/// @param value the number as programs read it, empty when unknown
/// @param text the number as people read it
public record Tick(String key, String value, String text) {

  /// An amount of money.
  public static Tick money(String key, @Nullable BigDecimal amount) {
    return amount == null ? unknown(key) : of(key, amount, Figures.money(amount));
  }

  /// A gain or a loss.
  public static Tick gain(String key, @Nullable BigDecimal amount) {
    return amount == null ? unknown(key) : of(key, amount, Figures.gain(amount));
  }

  /// A price.
  public static Tick price(String key, BigDecimal price) {
    return of(key, price, Figures.price(price));
  }

  /// A change in percent.
  public static Tick percent(String key, @Nullable BigDecimal percent) {
    return percent == null ? unknown(key) : of(key, percent, Figures.percent(percent));
  }

  /// A number of shares.
  public static Tick quantity(String key, BigDecimal quantity) {
    return of(key, quantity, Figures.quantity(quantity));
  }

  /// A number that is not known.
  public static Tick unknown(String key) {
    return new Tick(key, "", Figures.UNKNOWN);
  }

  /// The three as the page takes them.
  public List<String> wire() {
    return List.of(key, value, text);
  }

  private static Tick of(String key, BigDecimal value, String text) {
    return new Tick(key, Figures.plain(value), text);
  }
}
