package io.portfoliostream.client;

import static io.portfoliostream.client.Samples.welcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.client.Outcome.Answered;
import io.portfoliostream.client.Outcome.Applied;
import io.portfoliostream.client.Outcome.DigestDiffers;
import io.portfoliostream.client.Outcome.GapFound;
import io.portfoliostream.client.Outcome.Ignored;
import io.portfoliostream.client.Outcome.Proved;
import io.portfoliostream.client.Outcome.Rejected;
import io.portfoliostream.protocol.ServerMessage;
import io.portfoliostream.protocol.StreamPosition;
import io.portfoliostream.protocol.TradeExecuted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// A replica behind a line that loses, doubles and reorders messages, and cuts. After every
/// message: a current replica equals the ledger at its number, the number never goes back, each
/// execution is there once. At the end, after the line has healed, it equals the ledger.
class ReplicaSimulationTest {
  private static final int STEPS = 400;

  /// REQ-10
  @Seeded
  void aReplicaIsRightOrKnowsThatItIsNot(long seed) {
    var run = new Run(seed);
    run.connect();
    for (int i = 0; i < STEPS; i++) {
      run.step();
    }
    run.heal();
    assertThat(run.faults).as("faults that happened").isGreaterThan(STEPS / 20);
    assertThat(run.gaps).as("gaps that were noticed").isPositive();
  }

  private static final class Run {
    private final SplittableRandom random;
    private final ScriptedLedger ledger;
    private final PortfolioReplica replica = new PortfolioReplica(10_000);
    private final List<ServerMessage> line = new ArrayList<>();
    private String epoch = "";
    private long highest;
    private int faults;
    private int gaps;

    Run(long seed) {
      this.random = new SplittableRandom(seed);
      this.ledger = new ScriptedLedger(random);
    }

    /// A fresh connection: what was on the old line is gone.
    void connect() {
      line.clear();
      receive(welcome(ledger.epoch(), ledger.seq()));
      line.add(ledger.answer(replica.resumeFrom()));
    }

    void step() {
      switch (random.nextInt(20)) {
        case 0 -> {
          faults++;
          connect();
        }
        case 1 -> {
          if (random.nextInt(10) == 0) {
            ledger.restore();
            line.add(ledger.answer(Optional.empty()));
          }
        }
        case 2, 3 -> send(ledger.proof());
        case 4, 5, 6, 7, 8 -> send(ledger.marks());
        default -> send(ledger.event());
      }
      while (!line.isEmpty() && random.nextInt(3) > 0) {
        receive(line.removeFirst());
      }
    }

    /// Onto the line, with its faults.
    private void send(ServerMessage message) {
      switch (random.nextInt(12)) {
        case 0 -> faults++;
        case 1 -> {
          faults++;
          line.add(message);
          line.add(message);
        }
        case 2 -> {
          faults++;
          line.add(Math.max(0, line.size() - 1 - random.nextInt(2)), message);
        }
        default -> line.add(message);
      }
    }

    private void receive(ServerMessage message) {
      switch (replica.apply(message)) {
        case GapFound(var from) -> {
          gaps++;
          line.add(ledger.answer(Optional.of(from)));
        }
        case Rejected(_, boolean ask) -> {
          if (ask) {
            line.add(ledger.answer(replica.resumeFrom()));
          } else if (line.isEmpty()) {
            connect();
          }
        }
        case DigestDiffers(var at) ->
            throw new AssertionError("a wrong view at " + at + " that no gap told of");
        case Applied _, Answered _, Proved _, Ignored _ -> {}
      }
      check();
    }

    private void check() {
      var at = replica.portfolio().streamPosition().orElse(null);
      if (at == null || replica.awaitsAnswer()) {
        return;
      }
      if (at.epoch().equals(epoch)) {
        assertThat(at.seq()).isGreaterThanOrEqualTo(highest);
      }
      epoch = at.epoch();
      highest = at.seq();
      if (epoch.equals(ledger.epoch())) {
        assertThat(replica.digest()).isEqualTo(ledger.digestAt(at.seq()));
      }
      var executions = replica.portfolio().trades();
      var ids = new HashSet<String>();
      executions.forEach(trade -> ids.add(trade.executionId()));
      assertThat(executions).hasSize(ids.size());
    }

    /// The line works again: what is on it arrives, and then a message that nobody loses.
    void heal() {
      drain();
      receive(ledger.event());
      receive(ledger.proof());
      drain();
      assertThat(replica.awaitsAnswer()).isFalse();
      assertThat(replica.portfolio().streamPosition())
          .contains(new StreamPosition(ledger.epoch(), ledger.seq()));
      assertThat(replica.digest()).isEqualTo(ledger.digestAt(ledger.seq()));
      assertThat(replica.portfolio().trades())
          .extracting(TradeExecuted::executionId)
          .containsExactlyInAnyOrderElementsOf(
              ledger.trades().stream().map(TradeExecuted::executionId).toList());
    }

    private void drain() {
      while (!line.isEmpty()) {
        receive(line.removeFirst());
      }
    }
  }
}
