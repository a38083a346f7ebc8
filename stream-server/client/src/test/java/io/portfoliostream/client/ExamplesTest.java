package io.portfoliostream.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.protocol.ServerMessage;
import io.portfoliostream.protocol.ServerMessageCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The published examples are one conversation that this client understands.
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("..", "..", "docs", "api", "examples");

  private final PortfolioReplica replica = new PortfolioReplica(100);

  @Test
  void theConversationOfTheExamplesIsFollowedToItsDigest() {
    for (var name :
        List.of(
            "welcome",
            "subscribed",
            "order_update",
            "batch",
            "position_update",
            "account_update",
            "trade_executed",
            "data_stale",
            "data_fresh",
            "digest",
            "pong",
            "error",
            "shutdown")) {
      var outcome = replica.apply(example(name));
      assertThat(outcome).as(name).isNotInstanceOf(Outcome.Rejected.class);
      assertThat(outcome instanceof Outcome.Proved).as(name).isEqualTo(name.equals("digest"));
      assertThat(replica.awaitsAnswer()).as(name).isEqualTo(name.equals("welcome"));
    }
    assertThat(replica.resumeFrom().orElseThrow().seq()).isEqualTo(44);
    assertThat(replica.portfolio().position("AAPL").orElseThrow().quantity()).isEqualTo("15");
    assertThat(replica.portfolio().orders()).hasSize(2);
    assertThat(replica.portfolio().trades()).hasSize(3);
  }

  @Test
  void theReplayOfTheExamplesLeadsToTheSamePortfolio() {
    var _ = replica.apply(example("welcome"));
    var _ = replica.apply(example("subscribed"));
    var live = new PortfolioReplica(100);
    var _ = live.apply(example("welcome"));
    var _ = live.apply(example("subscribed"));
    var _ = live.apply(example("order_update"));
    var _ = live.apply(example("batch"));

    var _ = replica.apply(example("welcome"));
    var _ = replica.apply(example("subscribed-replay"));

    assertThat(replica.digest()).isEqualTo(live.digest());
    assertThat(replica.portfolio().orders()).isEqualTo(live.portfolio().orders());
  }

  private static ServerMessage example(String name) {
    try {
      return ServerMessageCodec.decode(
          Files.readString(EXAMPLES.resolve("server." + name + ".json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
