package io.portfoliostream.server.marks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// What speaks for the price of every wanted symbol. Safe for any number of threads.
public final class Pulses {
  /// A symbol that trades is not silent for longer, or its price is not live.
  public static final Duration SILENCE = Duration.ofSeconds(30);

  private final Map<String, Pulse> pulses = new ConcurrentHashMap<>();

  /// A question about the newest trades; the answer counts for what has not changed its way
  /// meanwhile.
  public record Question(Map<String, Integer> turns) {
    /// Copies the turns.
    public Question {
      turns = Map.copyOf(turns);
    }
  }

  /// What can be said of all symbols together.
  ///
  /// @param flawed symbols whose price is not live
  /// @param unproven symbols of which nothing was heard yet
  /// @param proven how many have a price that is live
  public record Health(List<String> flawed, List<String> unproven, int proven) {
    /// Copies the lists.
    public Health {
      flawed = List.copyOf(flawed);
      unproven = List.copyOf(unproven);
    }
  }

  /// Follows these symbols from now on and no others.
  ///
  /// @return those whose trades stream from now on
  public List<String> follow(Map<String, Way> ways, Instant now) {
    pulses.keySet().retainAll(ways.keySet());
    var begun = new ArrayList<String>();
    ways.forEach((symbol, way) -> {
      var _ =
          pulses.compute(
              symbol,
              (_, known) -> {
                if (way == Way.STREAMED && (known == null || known.way() != way)) {
                  begun.add(symbol);
                }
                return known == null ? Pulse.begin(way, now) : known.by(way, now);
              });
    });
    return begun;
  }

  /// A trade arrived from the stream.
  public void ticked(String symbol, Instant tradedAt, Instant receivedAt) {
    change(symbol, pulse -> pulse.ticked(tradedAt, receivedAt));
  }

  /// A question about the newest trades of `symbols` that is about to be asked.
  public Question ask(Collection<String> symbols) {
    var turns = new HashMap<String, Integer>();
    for (var symbol : symbols) {
      var pulse = pulses.get(symbol);
      if (pulse != null) {
        turns.put(symbol, pulse.turn());
      }
    }
    return new Question(turns);
  }

  /// The answer: the times of the newest trades; symbols without one never traded.
  public void answer(Question question, Map<String, Instant> newest, Instant now) {
    question
        .turns()
        .forEach((symbol, turn) -> {
          var traded = newest.getOrDefault(symbol, Instant.EPOCH);
          change(symbol, pulse -> pulse.turn() == turn ? pulse.read(traded, now) : pulse);
        });
  }

  /// The symbols whose trades the stream owes; their prices are not live until one arrives, or
  /// until a read proves that there is none.
  public List<String> mute(Instant now) {
    var mute = new ArrayList<String>();
    pulses.forEach((symbol, pulse) -> {
      if (pulse.isOwed(now)) {
        change(symbol, known -> known.isOwed(now) ? known.flawed(Pulse.Flaw.MUTE) : known);
        mute.add(symbol);
      }
    });
    return mute;
  }

  /// How the prices are.
  ///
  /// @param trades whether a symbol's session is open
  /// @param since when that session began: earlier silence is no fault
  public Health health(Predicate<String> trades, Instant since, Instant now) {
    var flawed = new ArrayList<String>();
    var unproven = new ArrayList<String>();
    var proven = 0;
    for (var symbol : pulses.keySet()) {
      if (trades.test(symbol)) {
        change(symbol, pulse -> isSilent(pulse, since, now) ? silent(pulse) : pulse);
      }
      var pulse = pulses.get(symbol);
      if (pulse != null && pulse.flaw() != Pulse.Flaw.NONE) {
        flawed.add(symbol);
      } else if (pulse != null && pulse.provenAt() == null) {
        unproven.add(symbol);
      } else if (pulse != null) {
        proven++;
      }
    }
    return new Health(flawed, unproven, proven);
  }

  private static boolean isSilent(Pulse pulse, Instant since, Instant now) {
    var from = pulse.silentSince().isBefore(since) ? since : pulse.silentSince();
    return from.plus(SILENCE).isBefore(now);
  }

  private static Pulse silent(Pulse pulse) {
    return pulse.flaw() == Pulse.Flaw.NONE ? pulse.flawed(Pulse.Flaw.SILENT) : pulse;
  }

  /// The symbols worth a look: those that trade and are silent for longer than usual, and those
  /// whose price is not live.
  public List<String> suspects(Predicate<String> trades, Instant now) {
    var suspects = new ArrayList<String>();
    pulses.forEach((symbol, pulse) -> {
      if (pulse.way() == Way.STREAMED
          && (pulse.flaw() != Pulse.Flaw.NONE
              || (trades.test(symbol) && pulse.isUnusuallySilent(now)))) {
        suspects.add(symbol);
      }
    });
    return suspects;
  }

  /// How many symbols get their prices in a way.
  public int count(Way way) {
    return (int) pulses.values().stream().filter(pulse -> pulse.way() == way).count();
  }

  private void change(String symbol, UnaryOperator<Pulse> change) {
    pulses.computeIfPresent(symbol, (_, pulse) -> change.apply(pulse));
  }
}
