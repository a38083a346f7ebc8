package io.portfoliostream.alpaca;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which part of an account's history is wanted, and how fine; a null leaves it to the broker.
///
/// @param period length, a number with `D`, `W`, `M` or `A`: at most two of this, `start` and `end`
///   are given
/// @param timeframe `1Min`, `5Min`, `15Min`, `1H` or `1D`; below a day at most 30 days
/// @param intradayReporting `market_hours`, `extended_hours` or `continuous`
/// @param pnlReset `per_day` or `no_reset`
/// @param cashflowTypes types of activities whose money is told too, `ALL` for all; none by default
public record AlpacaHistoryQuery(
    @Nullable String period,
    @Nullable String timeframe,
    @Nullable Instant start,
    @Nullable Instant end,
    @Nullable String intradayReporting,
    @Nullable String pnlReset,
    List<String> cashflowTypes) {

  /// Checks that the time is not given thrice.
  public AlpacaHistoryQuery {
    if (period != null && start != null && end != null) {
      throw new IllegalArgumentException("at most two of period, start and end may be given");
    }
    cashflowTypes = List.copyOf(cashflowTypes);
  }

  /// The period that ends now.
  public static AlpacaHistoryQuery of(String period, String timeframe) {
    return new AlpacaHistoryQuery(period, timeframe, null, null, null, null, List.of());
  }

  /// The query string, empty when everything is left to the broker.
  String text() {
    var parameters =
        Stream.of(
                parameter("period", period),
                parameter("timeframe", timeframe),
                parameter("start", start),
                parameter("end", end),
                parameter("intraday_reporting", intradayReporting),
                parameter("pnl_reset", pnlReset),
                parameter(
                    "cashflow_types",
                    cashflowTypes.isEmpty() ? null : String.join(",", cashflowTypes)))
            .filter(parameter -> !parameter.isEmpty())
            .collect(Collectors.joining("&"));
    return parameters.isEmpty() ? "" : "?" + parameters;
  }

  private static String parameter(String name, @Nullable Object value) {
    return value == null ? "" : name + "=" + RestTransport.encoded(value.toString());
  }
}
