package io.portfoliostream.simulator.desk;

import io.portfoliostream.simulator.broker.Exchange;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that happens to accounts and to the market without an order of theirs, as a test or a
/// script has it.
public sealed interface Intervention {

  /// The name of the intervention in JSON.
  String wire();

  /// Makes it happen.
  ///
  /// @throws IllegalArgumentException when it names something that is not there
  void apply(Exchange exchange);

  /// An execution is taken back.
  ///
  /// @param execution null for the account's last one
  record Bust(String account, @Nullable UUID execution) implements Intervention {

    @Override
    public String wire() {
      return "bust";
    }

    @Override
    public void apply(Exchange exchange) {
      exchange.backOffice().bust(Intervention.resolve(exchange, account, execution));
    }
  }

  /// An execution is told anew.
  ///
  /// @param execution null for the account's last one
  record Correct(String account, @Nullable UUID execution, BigDecimal qty, BigDecimal price)
      implements Intervention {

    @Override
    public String wire() {
      return "correct";
    }

    @Override
    public void apply(Exchange exchange) {
      exchange.backOffice().correct(Intervention.resolve(exchange, account, execution), qty, price);
    }
  }

  /// A position drifts, as the account traded elsewhere.
  ///
  /// @param qty shares, negative when sold
  /// @param recorded whether the activities tell the trade
  record MoveElsewhere(
      String account, String symbol, BigDecimal qty, BigDecimal price, boolean recorded)
      implements Intervention {

    @Override
    public String wire() {
      return "move-elsewhere";
    }

    @Override
    public void apply(Exchange exchange) {
      exchange.backOffice().moveElsewhere(account, symbol, qty, price, recorded);
    }
  }

  /// Money comes, or goes when negative.
  record Transfer(String account, BigDecimal amount) implements Intervention {

    @Override
    public String wire() {
      return "transfer";
    }

    @Override
    public void apply(Exchange exchange) {
      exchange.backOffice().transfer(account, amount);
    }
  }

  /// Trading in a symbol stops.
  record Halt(String symbol, String reason) implements Intervention {

    @Override
    public String wire() {
      return "halt";
    }

    @Override
    public void apply(Exchange exchange) {
      exchange.halt(symbol, reason);
    }
  }

  /// Trading in a symbol goes on.
  record Resume(String symbol) implements Intervention {

    @Override
    public String wire() {
      return "resume";
    }

    @Override
    public void apply(Exchange exchange) {
      exchange.resume(symbol);
    }
  }

  private static UUID resolve(Exchange exchange, String account, @Nullable UUID given) {
    var executions = exchange.book(account).executions();
    if (given != null) {
      return given;
    }
    if (executions.isEmpty()) {
      throw new IllegalArgumentException("the account has no execution: " + account);
    }
    return executions.sequencedKeySet().getLast();
  }
}
