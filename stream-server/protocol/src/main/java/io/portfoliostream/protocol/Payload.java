package io.portfoliostream.protocol;

import com.fasterxml.jackson.annotation.JsonIgnore;

/// What a server message carries in `data`.
public sealed interface Payload
    permits PositionUpdate,
        OrderUpdate,
        AccountUpdate,
        TradeExecuted,
        BatchUpdate,
        Welcome,
        Subscribed,
        FeedNotice,
        Digest,
        Pong,
        ErrorNotice,
        Shutdown {

  /// The `type` of the message around this payload.
  @JsonIgnore
  default String messageType() {
    return switch (this) {
      case PositionUpdate _ -> "position_update";
      case OrderUpdate _ -> "order_update";
      case AccountUpdate _ -> "account_update";
      case TradeExecuted _ -> "trade_executed";
      case BatchUpdate _ -> "batch";
      case Welcome _ -> "welcome";
      case Subscribed _ -> "subscribed";
      case FeedNotice notice -> notice.stale() ? "data_stale" : "data_fresh";
      case Digest _ -> "digest";
      case Pong _ -> "pong";
      case ErrorNotice _ -> "error";
      case Shutdown _ -> "shutdown";
    };
  }
}
