package io.portfoliostream.alpaca;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.alpaca.SymbolDemand.Request;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SymbolDemandTest {
  private final SymbolDemand demand = new SymbolDemand();

  @Test
  void onlyDifferencesAreAskedForSurplusFirst() {
    demand.want(Set.of("AAPL", "MSFT"));
    assertThat(demand.next()).hasValue(new Request(true, List.of("AAPL", "MSFT")));
    demand.onConfirmed(Set.of("AAPL", "MSFT"));
    assertThat(demand.next()).isEmpty();

    demand.want(Set.of("MSFT", "SPY"));
    assertThat(demand.next()).hasValue(new Request(false, List.of("AAPL")));
    demand.onConfirmed(Set.of("MSFT"));
    assertThat(demand.next()).hasValue(new Request(true, List.of("SPY")));
    demand.onConfirmed(Set.of("MSFT", "SPY"));
    assertThat(demand.next()).isEmpty();
  }

  @Test
  void oneRequestIsOnItsWayAtATime() {
    demand.want(Set.of("AAPL"));
    assertThat(demand.next()).isPresent();

    demand.want(Set.of("AAPL", "MSFT"));

    assertThat(demand.next()).isEmpty();
  }

  @Test
  void anAnswerWithoutTheSymbolDoesNotAskForEver() {
    demand.want(Set.of("AAPL", "ZVZZT"));
    assertThat(demand.next()).isPresent();
    demand.onConfirmed(Set.of("AAPL"));

    assertThat(demand.next()).isEmpty();
  }

  @Test
  void aNewConnectionAsksForEverythingAgain() {
    demand.want(Set.of("AAPL"));
    assertThat(demand.next()).isPresent();
    demand.onConfirmed(Set.of("AAPL"));

    demand.reset();

    assertThat(demand.confirmed()).isEmpty();
    assertThat(demand.next()).hasValue(new Request(true, List.of("AAPL")));
  }

  @Test
  void aLimitIsFilledUpToTheLastPlace() {
    var broker = new Broker(30, _ -> true);
    demand.want(symbols(500));

    broker.serve();

    assertThat(demand.confirmed()).hasSize(30);
    assertThat(broker.requests).isLessThan(40);
  }

  @Test
  void aPlaceThatBecomesFreeIsTaken() {
    var broker = new Broker(30, _ -> true);
    demand.want(symbols(30));
    broker.serve();

    var wanted = new HashSet<>(symbols(30));
    wanted.remove("S000");
    wanted.addAll(Set.of("AAPL", "MSFT"));
    demand.want(wanted);
    broker.serve();

    assertThat(demand.confirmed()).hasSize(30).contains("AAPL").doesNotContain("S000", "MSFT");
  }

  @Test
  void aBadSymbolCostsOnlyItself() {
    var broker = new Broker(1_000, symbol -> !symbol.equals("S123"));
    demand.want(symbols(300));

    broker.serve();

    assertThat(demand.confirmed()).hasSize(299).doesNotContain("S123");
    assertThat(broker.requests).isLessThan(40);
  }

  private static Set<String> symbols(int count) {
    return IntStream.range(0, count).mapToObj("S%03d"::formatted).collect(Collectors.toSet());
  }

  /// A broker with a limit that knows only some symbols; it grants a request whole or not at all.
  private final class Broker {
    private final int limit;
    private final Predicate<String> knows;
    private final Set<String> subscribed = new TreeSet<>();
    private int requests;

    Broker(int limit, Predicate<String> knows) {
      this.limit = limit;
      this.knows = knows;
    }

    void serve() {
      for (var request = demand.next(); request.isPresent(); request = demand.next()) {
        requests++;
        answer(request);
      }
    }

    private void answer(Optional<Request> asked) {
      var request = asked.orElseThrow();
      if (!request.subscribe()) {
        request.symbols().forEach(subscribed::remove);
        demand.onConfirmed(subscribed);
      } else if (!request.symbols().stream().allMatch(knows)) {
        demand.onRefused(false);
      } else if (subscribed.size() + request.symbols().size() > limit) {
        demand.onRefused(true);
      } else {
        subscribed.addAll(request.symbols());
        demand.onConfirmed(subscribed);
      }
    }
  }
}
