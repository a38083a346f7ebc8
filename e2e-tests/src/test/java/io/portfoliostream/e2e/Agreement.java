package io.portfoliostream.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.e2e.stack.PortfolioStack;
import java.util.stream.LongStream;

/// Whether the database and the broker say the same of an account.
final class Agreement {
  private Agreement() {}

  /// Asserts that orders, executions, positions and cash are the same on both sides, nothing twice,
  /// and that the user's events are numbered without a gap.
  static void assertHolds(PortfolioStack stack, String username, String account) {
    var broker = stack.broker().book(account);
    var database = stack.database();

    assertThat(database.stands(username)).as("orders of " + username).isEqualTo(broker.stands());
    assertThat(broker.clientOrderIds()).as("orders of " + username).doesNotHaveDuplicates();
    assertThat(database.executions(username))
        .as("executions of " + username)
        .containsExactlyInAnyOrderElementsOf(broker.executions());
    assertThat(database.positions(username))
        .as("positions of " + username)
        .isEqualTo(broker.positions());
    assertThat(database.cash(username)).as("cash of " + username).containsExactly(broker.cash());
    var last = database.seq(username);
    assertThat(database.eventNumbers(username))
        .as("events of " + username)
        .isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
  }
}
