package io.portfoliostream.server.orders;

import io.portfoliostream.protocol.Problem.FieldError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects what is wrong with the fields of one request.
final class FieldChecks {
  private static final BigDecimal MAX = new BigDecimal("1000000000");
  private static final int QUANTITY_DECIMALS = 9;
  private static final int MONEY_DECIMALS = 2;

  /// Prices from a dollar on go by cents, those below by hundredths of a cent; a coin's go finer
  /// (Alpaca's minimum price increments).
  private static final int SUB_DOLLAR_DECIMALS = 4;

  private static final BigDecimal MAX_TRAIL_PERCENT = new BigDecimal("100");

  private final List<FieldError> errors = new ArrayList<>();

  void refuse(String field, String message) {
    errors.add(new FieldError(field, message));
  }

  List<FieldError> errors() {
    return List.copyOf(errors);
  }

  boolean areFine() {
    return errors.isEmpty();
  }

  /// A word that must be one of a few.
  ///
  /// @return whether it is
  boolean word(String field, @Nullable String value, Collection<String> known) {
    if (value == null) {
      refuse(field, "is required");
      return false;
    }
    if (!known.contains(value)) {
      refuse(field, "must be " + orList(known));
      return false;
    }
    return true;
  }

  void quantity(String field, BigDecimal value) {
    number(field, value, MAX, QUANTITY_DECIMALS);
  }

  void money(String field, BigDecimal value, BigDecimal least) {
    if (number(field, value, MAX, MONEY_DECIMALS) && value.compareTo(least) < 0) {
      refuse(field, "must be at least " + least.toPlainString());
    }
  }

  void percent(String field, BigDecimal value) {
    number(field, value, MAX_TRAIL_PERCENT, MONEY_DECIMALS);
  }

  /// A price that must be there.
  void price(String field, @Nullable BigDecimal value, boolean isCoin) {
    if (value == null) {
      refuse(field, "is required");
    } else {
      givenPrice(field, value, isCoin);
    }
  }

  void givenPrice(String field, BigDecimal value, boolean isCoin) {
    number(field, value, MAX, priceDecimals(value, isCoin));
  }

  /// A field that means nothing here.
  void unused(String field, @Nullable Object value, String where) {
    if (value != null) {
      refuse(field, "does not belong to " + where);
    }
  }

  private boolean number(String field, BigDecimal value, BigDecimal max, int decimals) {
    if (value.signum() <= 0) {
      refuse(field, "must be more than 0");
    } else if (value.compareTo(max) > 0) {
      refuse(field, "must be at most " + max.toPlainString());
    } else if (value.stripTrailingZeros().scale() > decimals) {
      refuse(field, "has more than " + decimals + " decimals");
    } else {
      return true;
    }
    return false;
  }

  private static int priceDecimals(BigDecimal price, boolean isCoin) {
    if (isCoin) {
      return QUANTITY_DECIMALS;
    }
    return price.compareTo(BigDecimal.ONE) < 0 ? SUB_DOLLAR_DECIMALS : MONEY_DECIMALS;
  }

  private static String orList(Collection<String> words) {
    var all = words.stream().sorted().toList();
    var last = all.getLast();
    return all.size() == 1
        ? last
        : String.join(", ", all.subList(0, all.size() - 1)) + " or " + last;
  }
}
