package io.portfoliostream.ui.orders;

import io.portfoliostream.protocol.OrderSide;
import io.portfoliostream.protocol.OrderUpdate;
import io.portfoliostream.protocol.TradeExecuted;
import io.portfoliostream.ui.format.Figures;
import java.util.Objects;

/// Orders and executions in a line of words.
final class OrderWords {
  private OrderWords() {}

  /// What was asked for: `Buy 5 AAPL`, `Sell $500.00 of AAPL`.
  static String title(OrderUpdate order) {
    var qty = order.qty();
    var notional = order.notional();
    String amount;
    if (qty != null) {
      amount = Figures.quantity(qty) + " ";
    } else {
      amount = notional == null ? "" : Figures.money(notional) + " of ";
    }
    return side(order.side()) + " " + amount + order.symbol();
  }

  /// What has come of it: `3 of 5 at $187.25`, or why it was refused.
  static String progress(OrderUpdate order) {
    var reason = order.rejectReason();
    if (reason != null) {
      return reason;
    }
    if (order.filledQty().signum() == 0) {
      return order.type() + " order, nothing filled" + (order.isOpen() ? " yet" : "");
    }
    var qty = order.qty();
    var of = qty == null ? "" : " of " + Figures.quantity(qty);
    var price = order.filledAvgPrice();
    var at = price == null ? "" : " at " + Figures.price(price);
    return Figures.quantity(order.filledQty()) + of + at;
  }

  /// An execution: `Bought 5 AAPL at $187.25`.
  static String execution(TradeExecuted trade) {
    return (trade.side() == OrderSide.BUY ? "Bought " : "Sold ")
        + Figures.quantity(trade.qty())
        + " "
        + trade.symbol()
        + " at "
        + Figures.price(trade.price());
  }

  /// What an execution is beyond a plain one: nothing, `corrected` or `taken back`.
  static String remark(TradeExecuted trade) {
    if (Objects.equals(trade.busted(), true)) {
      return "taken back";
    }
    return trade.corrects() == null ? "" : "corrected";
  }

  static String side(OrderSide side) {
    return side == OrderSide.BUY ? "Buy" : "Sell";
  }
}
