package io.portfoliostream.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.server.simulation.Faults.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/// REQ-2, REQ-10: whatever gets lost, repeated, delayed or cut between the ledger and a client, the
/// client never goes back, never holds anything but the ledger at its own position, never sees
/// another user's data, and ends up with exactly what the ledger holds.
class StreamSimulationTest {
  private static final Tally TALLY = new Tally();
  private static final List<String> RARE =
      List.of("cut", "ledger away", "restore", "log forgotten", "revoked", "slow consumer");
  private static final List<String> FREQUENT =
      List.of("checked", "replay", "snapshot", "gap filled", "proved");

  @Seeded
  void everyClientHoldsTheLedgerAtItsPositionAndInTheEndAllOfIt(long seed) {
    var world = new World(seed, TALLY);

    world.run(Duration.ofSeconds(15));
    world.heal();

    world.checkRest();
  }

  /// A simulation in which nothing goes wrong proves nothing.
  @AfterAll
  static void everythingWentWrongOftenEnough() {
    if (Seeded.Seeds.areAll()) {
      for (var kind : Kind.values()) {
        assertThat(TALLY.of(kind)).as(kind + " in " + TALLY).isGreaterThan(100);
      }
      for (var what : RARE) {
        assertThat(TALLY.of(what)).as(what + " in " + TALLY).isGreaterThan(50);
      }
      for (var what : FREQUENT) {
        assertThat(TALLY.of(what)).as(what + " in " + TALLY).isGreaterThan(1_000);
      }
    }
  }
}
