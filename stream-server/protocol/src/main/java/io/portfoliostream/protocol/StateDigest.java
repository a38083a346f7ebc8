package io.portfoliostream.protocol;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The canonical hash of a portfolio's sequenced state: SHA-256, lower-case hex, over UTF-8 lines
/// joined by `\n` and sorted bytewise.
///
/// One line per open position (`P|symbol|side|quantity|entryPrice`), one per open order
/// (`O|orderId|status|filledQty|filledAvgPrice or empty`) and one for cash (`C|cash`); decimals
/// without trailing zeros. Not safe for several threads.
public final class StateDigest {
  /// The name of the algorithm on the wire.
  public static final String ALGORITHM = "sha-256";

  private final List<byte[]> lines = new ArrayList<>();

  /// Adds an open position.
  public StateDigest position(
      String symbol, PositionSide side, BigDecimal quantity, BigDecimal entryPrice) {
    return line(
        "P|" + symbol + '|' + side.wireName() + '|' + plain(quantity) + '|' + plain(entryPrice));
  }

  /// Adds an open order.
  public StateDigest order(
      String orderId, String status, BigDecimal filledQty, @Nullable BigDecimal filledAvgPrice) {
    var average = filledAvgPrice == null ? "" : plain(filledAvgPrice);
    return line("O|" + orderId + '|' + status + '|' + plain(filledQty) + '|' + average);
  }

  /// Adds the cash; left out while the account is unknown.
  public StateDigest cash(BigDecimal cash) {
    return line("C|" + plain(cash));
  }

  /// The hash of what was added.
  public String value() {
    lines.sort(Arrays::compareUnsigned);
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      for (int i = 0; i < lines.size(); i++) {
        if (i > 0) {
          sha.update((byte) '\n');
        }
        sha.update(lines.get(i));
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// A decimal as the digest writes it: plain, without trailing zeros.
  static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  private StateDigest line(String text) {
    lines.add(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }
}
