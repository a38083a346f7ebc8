package io.portfoliostream.server.marks;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The symbols whose trading is halted, as the exchanges' status messages tell.
///
/// A status older than the one that is known changes nothing. A trade that was made clearly after a
/// halt ends it: the message that it was over was missed.
///
/// Safe for any number of threads.
public final class Halts {
  /// Codes of the two tapes: CTA 2 and UTP H and P halt or pause, CTA 3 and UTP T resume. All
  /// others, such as price indications, come within a halt and do not end it.
  private static final Set<String> HALTING = Set.of("2", "H", "P");

  private static final Set<String> RESUMING = Set.of("3", "T");

  /// Trades may be told a little late, and with the clock of another exchange.
  private static final Duration AFTERWARDS = Duration.ofSeconds(2);

  private final Map<String, Known> latest = new ConcurrentHashMap<>();

  private record Known(Instant at, @Nullable Halt halt) {}

  /// Takes in a status message.
  ///
  /// @param code the exchange's
  /// @param reason why; empty for none
  /// @param at the exchange's time
  public void status(String symbol, String code, String reason, Instant at) {
    if (HALTING.contains(code)) {
      take(symbol, new Known(at, new Halt(symbol, reason, at)));
    } else if (RESUMING.contains(code)) {
      take(symbol, new Known(at, null));
    }
  }

  /// Takes in that a symbol was traded.
  public void traded(String symbol, Instant at) {
    var known = latest.get(symbol);
    if (known != null && known.halt() != null && at.isAfter(known.at().plus(AFTERWARDS))) {
      take(symbol, new Known(at, null));
    }
  }

  /// The halt of a symbol, if it is halted.
  public Optional<Halt> of(String symbol) {
    return Optional.ofNullable(latest.get(symbol)).map(Known::halt);
  }

  /// How many symbols are halted.
  public int count() {
    return (int) latest.values().stream().filter(known -> known.halt() != null).count();
  }

  private void take(String symbol, Known told) {
    latest.merge(symbol, told, (before, now) -> now.at().isBefore(before.at()) ? before : now);
  }
}
