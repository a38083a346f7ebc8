package io.portfoliostream.server.broker;

import io.portfoliostream.alpaca.AlpacaAccount;
import io.portfoliostream.alpaca.AlpacaActivity;
import io.portfoliostream.alpaca.AlpacaFill;
import io.portfoliostream.alpaca.AlpacaOrder;
import io.portfoliostream.alpaca.AlpacaOrderRequest;
import io.portfoliostream.alpaca.AlpacaPortfolioHistory;
import io.portfoliostream.alpaca.AlpacaPosition;
import io.portfoliostream.alpaca.AlpacaReplaceRequest;
import io.portfoliostream.alpaca.TradeUpdate;
import io.portfoliostream.server.broker.BrokerActivity.Kind;
import io.portfoliostream.server.ledger.OrderReport;
import io.portfoliostream.server.ledger.OrderReport.Amendment;
import io.portfoliostream.server.ledger.OrderReport.BrokerLinks;
import io.portfoliostream.server.ledger.OrderReport.Fill;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.Order.Progress;
import io.portfoliostream.server.portfolio.Order.Terms;
import io.portfoliostream.server.portfolio.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Alpaca's objects as ours.
final class AlpacaMapping {
  private static final String COIN = "crypto";

  /// What Alpaca's pairs are quoted in, longest first.
  private static final List<String> QUOTED_IN = List.of("USDT", "USDC", "USD", "BTC");

  private AlpacaMapping() {}

  static AlpacaOrderRequest request(Order order) {
    var terms = order.terms();
    return new AlpacaOrderRequest(
        terms.symbol(),
        terms.quantity(),
        terms.notional(),
        terms.side().name().toLowerCase(Locale.ROOT),
        terms.type(),
        terms.timeInForce(),
        new AlpacaOrderRequest.Prices(
            terms.limitPrice(), terms.stopPrice(), terms.trailPrice(), terms.trailPercent()),
        terms.extendedHours(),
        exits(terms),
        order.clientOrderId());
  }

  private static AlpacaOrderRequest.@Nullable Exits exits(Terms terms) {
    var exits = terms.exits();
    if (exits == null || terms.orderClass() == null) {
      return null;
    }
    var stop = exits.stopLossStop();
    return new AlpacaOrderRequest.Exits(
        terms.orderClass(),
        exits.takeProfitLimit(),
        stop == null ? null : new AlpacaOrderRequest.StopLoss(stop, exits.stopLossLimit()));
  }

  /// What is different about an order that takes the place of one with the terms `before`; empty
  /// when nothing is.
  static Optional<AlpacaReplaceRequest> replacement(Terms before, Order order) {
    var after = order.terms();
    var quantity = changed(before.quantity(), after.quantity());
    var time = after.timeInForce().equals(before.timeInForce()) ? null : after.timeInForce();
    var limit = changed(before.limitPrice(), after.limitPrice());
    var stop = changed(before.stopPrice(), after.stopPrice());
    var price = changed(before.trailPrice(), after.trailPrice());
    var trail = price == null ? changed(before.trailPercent(), after.trailPercent()) : price;
    return Stream.of(quantity, time, limit, stop, trail).allMatch(Objects::isNull)
        ? Optional.empty()
        : Optional.of(
            new AlpacaReplaceRequest(quantity, time, limit, stop, trail, order.clientOrderId()));
  }

  private static @Nullable BigDecimal changed(
      @Nullable BigDecimal before, @Nullable BigDecimal after) {
    return after == null || (before != null && after.compareTo(before) == 0) ? null : after;
  }

  /// What the stream tells; its execution only where the order was traded.
  static OrderReport report(TradeUpdate update) {
    var read = report(update.order(), null);
    return new OrderReport(
        read.brokerId(),
        read.clientOrderId(),
        read.terms(),
        remarked(read.progress(), update),
        read.links(),
        read.submittedAt(),
        read.updatedAt(),
        update.eventId(),
        fill(update),
        amendment(update));
  }

  /// The broker's word on why something was refused or ended, in a sentence.
  private static Progress remarked(Progress progress, TradeUpdate update) {
    var reason = update.reason();
    var words = reason == null ? "" : ": " + reason.toLowerCase(Locale.ROOT).replace('_', ' ');
    return switch (update.event()) {
      case "order_cancel_rejected" -> progress.noted("not canceled" + words);
      case "order_replace_rejected" -> progress.noted("not replaced" + words);
      case "rejected" -> progress.noted("rejected by the broker" + words);
      default -> reason == null ? progress : progress.noted(update.event() + words);
    };
  }

  private static @Nullable Amendment amendment(TradeUpdate update) {
    var execution = update.execution();
    var busted = update.event().equals("trade_bust");
    if (execution == null || !(busted || update.event().equals("trade_correct"))) {
      return null;
    }
    var previous = execution.previousExecutionId();
    var id = execution.executionId() == null ? update.eventId() : execution.executionId();
    if (previous == null || id == null) {
      return null;
    }
    return new Amendment(
        id,
        previous,
        busted ? BigDecimal.ZERO : execution.qty().abs(),
        busted ? null : execution.price(),
        update.timestamp());
  }

  static OrderReport report(AlpacaOrder order) {
    return report(order, null);
  }

  /// Orders and their legs, one after the other.
  static List<OrderReport> reports(List<AlpacaOrder> orders) {
    var reports = new ArrayList<OrderReport>();
    for (var order : orders) {
      reports.add(report(order, null));
      order.legs().forEach(leg -> reports.add(report(leg, order.id())));
    }
    return reports;
  }

  static BrokerFill fill(AlpacaFill fill) {
    return new BrokerFill(
        fill.id(),
        fill.likelyExecutionId().orElse(fill.id()),
        fill.orderId(),
        fill.symbol(),
        side(fill.side()),
        fill.qty(),
        fill.price(),
        fill.cumQty(),
        fill.transactionTime());
  }

  static BrokerActivity activity(AlpacaActivity activity) {
    var kind = kind(activity.type());
    var symbol = activity.symbol();
    return new BrokerActivity(
        activity.id(),
        kind,
        symbol == null || symbol.isEmpty() ? null : symbol(symbol, kind == Kind.COIN_FEE),
        activity.netAmount() == null ? BigDecimal.ZERO : activity.netAmount(),
        activity.date());
  }

  /// Alpaca's activity types are an open set; shares that are journaled come or go like in a split.
  private static Kind kind(String type) {
    if (type.startsWith("DIV")) {
      return Kind.DIVIDEND;
    }
    return switch (type) {
      case "CSD", "CSW", "JNLC", "TRANS", "ACATC" -> Kind.TRANSFER;
      case "FEE", "PTC" -> Kind.FEE;
      case "CFEE" -> Kind.COIN_FEE;
      case "INT" -> Kind.INTEREST;
      case "SPLIT", "SPIN", "MA", "NC", "REORG", "JNLS", "ACATS", "SSO", "SSP", "PTR" ->
          Kind.CORPORATE_ACTION;
      default -> Kind.OTHER;
    };
  }

  static BrokerPosition position(AlpacaPosition position) {
    var value = position.marketValue();
    var intraday = position.unrealizedIntradayPl();
    return new BrokerPosition(
        symbol(position.symbol(), position.assetClass().equals(COIN)),
        signed(position),
        position.avgEntryPrice(),
        value == null || intraday == null ? null : value.subtract(intraday),
        position.currentPrice());
  }

  static BrokerMoney money(AlpacaAccount account, Instant askedAt) {
    var number = account.accountNumber();
    return new BrokerMoney(
        number.isEmpty() ? null : number,
        account.cash(),
        account.buyingPower(),
        account.lastEquity(),
        askedAt);
  }

  static EquityCurve curve(AlpacaPortfolioHistory history) {
    var points =
        history.points().stream()
            .flatMap(point ->
                Stream.ofNullable(point.equity())
                    .map(equity ->
                        new EquityCurve.Point(
                            point.at(), equity, point.profitLoss(), point.profitLossRatio())))
            .toList();
    return new EquityCurve(
        history.timeframe(), history.baseValue(), history.baseValueAsOf(), points);
  }

  /// A symbol as orders have it: positions and fees name a pair without its slash.
  private static String symbol(String told, boolean isCoin) {
    if (!isCoin || told.contains("/")) {
      return told;
    }
    return QUOTED_IN.stream()
        .filter(quote -> told.endsWith(quote) && told.length() > quote.length())
        .findFirst()
        .map(quote -> told.substring(0, told.length() - quote.length()) + "/" + quote)
        .orElse(told);
  }

  /// Alpaca signs the quantity of a short position; older answers rely on `side` alone.
  private static BigDecimal signed(AlpacaPosition position) {
    return position.side().equals("short") ? position.qty().abs().negate() : position.qty();
  }

  private static @Nullable Fill fill(TradeUpdate update) {
    var execution = update.execution();
    if (execution == null || !isTrade(update.event())) {
      return null;
    }
    var id = execution.executionId();
    var price = execution.price();
    if (id == null || price == null) {
      return null;
    }
    return new Fill(id, execution.qty().abs(), price, execution.positionQty(), update.timestamp());
  }

  private static boolean isTrade(String event) {
    return event.equals("fill") || event.equals("partial_fill");
  }

  private static OrderReport report(AlpacaOrder order, @Nullable String parent) {
    var updated = first(order.updatedAt(), order.submittedAt(), order.createdAt());
    return new OrderReport(
        order.id(),
        order.clientOrderId(),
        terms(order),
        new Progress(
            order.status(),
            order.filledQty(),
            order.filledAvgPrice(),
            order.filledAt(),
            order.canceledAt(),
            order.expiresAt(),
            order.status().equals(Order.REJECTED) ? "rejected by the broker" : null),
        new BrokerLinks(parent, order.replaces(), order.replacedBy()),
        first(order.submittedAt(), order.createdAt(), order.updatedAt()),
        updated,
        null,
        null,
        null);
  }

  private static Terms terms(AlpacaOrder order) {
    return new Terms(
        order.symbol(),
        side(order.side()),
        order.type(),
        order.timeInForce(),
        order.qty(),
        order.notional(),
        order.limitPrice(),
        order.stopPrice(),
        order.trailPrice(),
        order.trailPercent(),
        order.extendedHours(),
        order.orderClass().isEmpty() ? null : order.orderClass(),
        null,
        null);
  }

  private static Side side(String word) {
    return word.startsWith("sell") ? Side.SELL : Side.BUY;
  }

  private static Instant first(@Nullable Instant... candidates) {
    for (var candidate : candidates) {
      if (candidate != null) {
        return candidate;
      }
    }
    return Instant.EPOCH;
  }
}
