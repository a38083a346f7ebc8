package io.portfoliostream.server.marks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HaltsTest {
  private static final Instant NOON = Instant.parse("2026-11-23T17:00:00Z");

  private final Halts halts = new Halts();

  @ParameterizedTest
  @CsvSource({"H, T", "P, T", "2, 3"})
  void aSymbolIsHaltedUntilItResumes(String halt, String resume) {
    halts.status("AAPL", halt, "News pending", NOON);
    assertThat(halts.of("AAPL")).contains(new Halt("AAPL", "News pending", NOON));
    assertThat(halts.of("MSFT")).isEmpty();
    assertThat(halts.count()).isOne();

    halts.status("AAPL", resume, "", NOON.plusSeconds(300));
    assertThat(halts.of("AAPL")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"Q", "5", "6", "E", "'something new'"})
  void whatIsNeitherHaltNorResumptionChangesNothing(String code) {
    halts.status("MSFT", code, "", NOON);
    halts.status("AAPL", "H", "News pending", NOON);
    halts.status("AAPL", code, "", NOON.plusSeconds(10));

    assertThat(halts.of("AAPL")).isPresent();
    assertThat(halts.of("MSFT")).isEmpty();
  }

  @Test
  void anOlderStatusThatArrivesLateChangesNothing() {
    halts.status("AAPL", "T", "", NOON.plusSeconds(300));
    halts.status("AAPL", "H", "News pending", NOON);

    assertThat(halts.of("AAPL")).isEmpty();
  }

  @Test
  void aTradeLongAfterAHaltTellsThatTheResumptionWasMissed() {
    halts.status("AAPL", "H", "News pending", NOON);

    halts.traded("AAPL", NOON.minusSeconds(60));
    halts.traded("AAPL", NOON.plusSeconds(1));
    assertThat(halts.of("AAPL")).isPresent();

    halts.traded("AAPL", NOON.plusSeconds(300));
    assertThat(halts.of("AAPL")).isEmpty();
  }
}
