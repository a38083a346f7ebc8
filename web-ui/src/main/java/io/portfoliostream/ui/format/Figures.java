package io.portfoliostream.ui.format;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// How the page writes numbers: US grouping, a real minus sign, decimals rounded half up.
///
/// Locale-free on purpose: every user sees the broker's currency the way the broker writes it.
public final class Figures {
  /// What stands where a number is not known.
  public static final String UNKNOWN = "–";

  private static final int MONEY_DECIMALS = 2;
  private static final int PRICE_DECIMALS = 4;
  private static final int GROUP = 3;
  private static final char MINUS = '\u2212';

  private Figures() {}

  /// An amount of dollars: `$1,234.50`, `−$3.00`.
  public static String money(BigDecimal amount) {
    return withCurrency(rounded(amount), "");
  }

  /// A gain or a loss in dollars, its sign always written: `+$12.00`, `−$3.00`, `$0.00`.
  public static String gain(BigDecimal amount) {
    return withCurrency(rounded(amount), "+");
  }

  /// A price: two decimals, up to four where the broker gave them.
  public static String price(BigDecimal price) {
    var stripped = price.setScale(PRICE_DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
    return withCurrency(stripped.scale() < MONEY_DECIMALS ? rounded(price) : stripped, "");
  }

  /// A number of shares, without trailing zeros: `1,250`, `0.5`.
  public static String quantity(BigDecimal quantity) {
    return withSign(quantity.signum(), grouped(plain(quantity.abs())), "");
  }

  /// A change in percent with two decimals, its sign always written: `+1.25%`.
  public static String percent(BigDecimal percent) {
    var value = rounded(percent);
    return withSign(value.signum(), grouped(value.abs().toPlainString()) + "%", "+");
  }

  /// A number as programs read it: plain notation, ASCII, without trailing zeros.
  public static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static BigDecimal rounded(BigDecimal number) {
    return number.setScale(MONEY_DECIMALS, RoundingMode.HALF_UP);
  }

  private static String withCurrency(BigDecimal amount, String plus) {
    return withSign(amount.signum(), "$" + grouped(amount.abs().toPlainString()), plus);
  }

  private static String withSign(int signum, String magnitude, String plus) {
    if (signum < 0) {
      return MINUS + magnitude;
    }
    return signum > 0 ? plus + magnitude : magnitude;
  }

  private static String grouped(String plain) {
    int point = plain.indexOf('.');
    int whole = point < 0 ? plain.length() : point;
    var out = new StringBuilder(plain.length() + whole / GROUP).append(plain);
    for (int at = whole - GROUP; at > 0; at -= GROUP) {
      out.insert(at, ',');
    }
    return out.toString();
  }
}
