package io.portfoliostream.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.server.ledger.OrderFilter;
import io.portfoliostream.server.ledger.PortfolioReads;
import io.portfoliostream.server.portfolio.Booking;
import io.portfoliostream.server.portfolio.Execution;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.Portfolio;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.testkit.ManualClock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReadingTest {
  private static final UserId ADA = new UserId("ada");

  private final AtomicLong seq = new AtomicLong(7);
  private final Reading reading = new Reading(new MovingLedger(seq), ManualClock.atNoon());

  @Test
  void aReadIsTrueAtThePositionThatItTells() {
    var found = reading.at(ADA, seq::get);

    assertThat(found.position().seq()).isEqualTo(7);
    assertThat(found.read()).isEqualTo(7);
  }

  @Test
  void aReadDuringWhichThePortfolioMovedIsRepeated() {
    var reads = new AtomicLong();

    var found =
        reading.at(ADA, () -> reads.incrementAndGet() == 1 ? seq.incrementAndGet() : seq.get());

    assertThat(reads).hasValue(2);
    assertThat(found.position().seq()).isEqualTo(8);
    assertThat(found.read()).isEqualTo(8);
  }

  @Test
  void aPortfolioThatAlwaysMovesIsNeverToldNewerThanItWasRead() {
    var found = reading.at(ADA, seq::incrementAndGet);

    assertThat(found.position().seq()).isLessThanOrEqualTo(found.read());
  }

  private record MovingLedger(AtomicLong seq) implements PortfolioReads {
    @Override
    public Map<UserId, Position> positions(Collection<UserId> users) {
      return Map.of(ADA, new Position("e", seq.get()));
    }

    @Override
    public Portfolio load(UserId user) {
      return Portfolio.empty(user, "e");
    }

    @Override
    public Optional<List<Booking>> since(UserId user, String epoch, long from, int limit) {
      return Optional.empty();
    }

    @Override
    public Optional<Order> order(UserId user, String id) {
      return Optional.empty();
    }

    @Override
    public List<Order> orders(UserId user, OrderFilter filter) {
      return List.of();
    }

    @Override
    public List<Execution> trades(UserId user, int limit, @Nullable String before) {
      return List.of();
    }
  }
}
