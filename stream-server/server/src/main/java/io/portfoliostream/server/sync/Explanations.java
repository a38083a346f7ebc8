package io.portfoliostream.server.sync;

import io.portfoliostream.server.broker.BrokerActivity;
import io.portfoliostream.server.broker.BrokerActivity.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What explains a difference: trades that are booked with it, what the broker's history tells
/// besides trades, the night, or the state of the stream.
final class Explanations {
  /// The market's days begin and end in New York.
  static final ZoneId MARKET = ZoneId.of("America/New_York");

  /// What the broker's clock may be ahead of ours.
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(2);

  private static final BigDecimal CENT = new BigDecimal("0.01");

  private final List<BrokerActivity> activities;
  private final Set<String> amended;
  private final Optional<Instant> streamedSince;
  private final boolean overnight;
  private final Map<String, BigDecimal> traded;

  /// @param unmoved what earlier comparisons left to move
  /// @param activities what happened besides trades since the last comparison
  /// @param amended symbols in which an execution was busted or corrected since then
  /// @param streamedSince since when the stream delivers, empty while it does not
  /// @param overnight whether a market day began since the last comparison
  Explanations(
      Unmoved unmoved,
      List<BrokerActivity> activities,
      Set<String> amended,
      Optional<Instant> streamedSince,
      boolean overnight) {
    this.traded = new HashMap<>(unmoved.quantities());
    this.activities = Stream.concat(unmoved.activities().stream(), activities.stream()).toList();
    this.amended = new HashSet<>(amended);
    this.streamedSince = streamedSince;
    this.overnight = overnight;
  }

  /// The market day of a time.
  static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, MARKET);
  }

  /// Notes that an execution of `symbol` is booked by this comparison.
  ///
  /// @param change signed
  void traded(String symbol, BigDecimal change) {
    traded.merge(symbol, change, BigDecimal::add);
  }

  /// What is left to move after this comparison.
  ///
  /// @param moving symbols whose positions are not booked
  /// @param cash what executions did to cash that is not booked, empty when cash is booked
  /// @param inDoubt whether there are orders whose executions are not those that are booked
  Unmoved left(Set<String> moving, Optional<BigDecimal> cash, boolean inDoubt) {
    var quantities = new HashMap<>(traded);
    quantities.keySet().retainAll(moving);
    return new Unmoved(
        quantities,
        cash.orElse(BigDecimal.ZERO),
        activities.stream()
            .filter(activity -> cash.isPresent() || isIn(moving, activity.symbol()))
            .toList(),
        inDoubt);
  }

  private static boolean isIn(Set<String> symbols, @Nullable String symbol) {
    return symbol != null && symbols.contains(symbol);
  }

  /// Notes that this comparison finds an execution of `symbol` taken back.
  void amended(String symbol) {
    amended.add(symbol);
  }

  /// Why something that happened at a time was not heard of.
  ///
  /// @param happenedAt by the broker's clock, which may go before ours
  Explanation unheard(Instant happenedAt) {
    return streamedSince
            .map(since -> since.plus(CLOCK_SKEW))
            .filter(happenedAt::isAfter)
            .isPresent()
        ? Explanation.MISSED
        : Explanation.OUTAGE;
  }

  /// What explains a change of a quantity.
  ///
  /// @param change signed
  Explanation quantity(String symbol, BigDecimal change) {
    if (traded.getOrDefault(symbol, BigDecimal.ZERO).compareTo(change) == 0) {
      return Explanation.TRADED;
    }
    return otherThanTrade(symbol);
  }

  private Explanation otherThanTrade(String symbol) {
    if (has(Kind.CORPORATE_ACTION, symbol)) {
      return Explanation.CORPORATE_ACTION;
    }
    if (has(Kind.COIN_FEE, symbol)) {
      return Explanation.FEE;
    }
    return amended.contains(symbol) ? Explanation.AMENDED : Explanation.UNEXPLAINED;
  }

  /// What explains a change of an average price at the same quantity.
  Explanation entryPrice(String symbol) {
    if (traded.containsKey(symbol)) {
      return Explanation.TRADED;
    }
    var other = otherThanTrade(symbol);
    return other == Explanation.UNEXPLAINED && overnight ? Explanation.OVERNIGHT : other;
  }

  /// What explains a change of cash.
  ///
  /// @param unexplained what is left of it after the executions that are booked with it
  Explanation cash(BigDecimal unexplained) {
    if (isRounding(unexplained)) {
      return Explanation.TRADED;
    }
    var told =
        activities.stream().map(BrokerActivity::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    if (isRounding(unexplained.subtract(told))) {
      return largest();
    }
    return amended.isEmpty() ? Explanation.UNEXPLAINED : Explanation.AMENDED;
  }

  /// Fractions of shares are worth fractions of cents, which each side may round its own way.
  private static boolean isRounding(BigDecimal amount) {
    return amount.abs().compareTo(CENT) < 0;
  }

  /// The kind of the activity that moved most.
  private Explanation largest() {
    return activities.stream()
        .filter(activity -> activity.amount().signum() != 0)
        .max((a, b) -> a.amount().abs().compareTo(b.amount().abs()))
        .map(activity ->
            switch (activity.kind()) {
              case TRANSFER -> Explanation.TRANSFER;
              case FEE, COIN_FEE, OTHER -> Explanation.FEE;
              case DIVIDEND -> Explanation.DIVIDEND;
              case INTEREST -> Explanation.INTEREST;
              case CORPORATE_ACTION -> Explanation.CORPORATE_ACTION;
            })
        .orElse(Explanation.TRADED);
  }

  private boolean has(Kind kind, String symbol) {
    return activities.stream()
        .anyMatch(activity -> activity.kind() == kind && Objects.equals(activity.symbol(), symbol));
  }
}
