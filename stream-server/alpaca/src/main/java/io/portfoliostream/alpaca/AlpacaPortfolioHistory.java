package io.portfoliostream.alpaca;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The worth of an account over time.
///
/// @param points oldest first
/// @param baseValue the equity against which profit is measured
/// @param baseValueAsOf the day of `baseValue`
public record AlpacaPortfolioHistory(
    List<Point> points,
    @Nullable BigDecimal baseValue,
    @Nullable LocalDate baseValueAsOf,
    String timeframe) {

  /// Copies the points.
  public AlpacaPortfolioHistory {
    points = List.copyOf(points);
  }

  /// One stretch of time; the values are null where the broker has none.
  ///
  /// @param at the beginning of the stretch
  /// @param profitLossRatio a fraction, not percent
  /// @param cashflow money in and out by type of activity, where it was asked for
  public record Point(
      Instant at,
      @Nullable BigDecimal equity,
      @Nullable BigDecimal profitLoss,
      @Nullable BigDecimal profitLossRatio,
      Map<String, BigDecimal> cashflow) {

    /// Copies the cashflow.
    public Point {
      cashflow = Map.copyOf(cashflow);
    }
  }

  static AlpacaPortfolioHistory read(Fields history) {
    var times = history.column("timestamp");
    var equity = history.column("equity");
    var profitLoss = history.column("profit_loss");
    var profitLossRatio = history.column("profit_loss_pct");
    var cashflow = cashflow(history);
    var points = new ArrayList<Point>(times.size());
    for (var row = 0; row < times.size(); row++) {
      points.add(
          new Point(
              times.instant(row),
              equity.decimalOrNull(row),
              profitLoss.decimalOrNull(row),
              profitLossRatio.decimalOrNull(row),
              cashflow(cashflow, row)));
    }
    return new AlpacaPortfolioHistory(
        points,
        history.decimalOrNull("base_value"),
        history.dateOrNull("base_value_asof"),
        history.text("timeframe", ""));
  }

  private static Map<String, Column> cashflow(Fields history) {
    var columns = new HashMap<String, Column>();
    history
        .objectIfPresent("cashflow")
        .ifPresent(flows ->
            flows
                .node()
                .fieldNames()
                .forEachRemaining(type -> columns.put(type, flows.column(type))));
    return columns;
  }

  private static Map<String, BigDecimal> cashflow(Map<String, Column> columns, int row) {
    var flows = new HashMap<String, BigDecimal>();
    columns.forEach((type, column) -> {
      var value = column.decimalOrNull(row);
      if (value != null) {
        flows.put(type, value);
      }
    });
    return flows;
  }
}
