package io.portfoliostream.e2e;

import io.portfoliostream.e2e.stack.SimulatedBroker;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Faults of the broker, one after the other at random.
final class Mischief {
  private static final List<Prank> PRANKS =
      List.of(
          new Prank("swallow", Map.of("times", 3)),
          new Prank("duplicate", Map.of("times", 5)),
          new Prank("reorder", Map.of("times", 4)),
          new Prank("delay", Map.of("times", 6, "delayMs", 700)),
          new Prank("drop", Map.of()),
          new Prank("drop", Map.of("onEvent", true, "times", 1)),
          new Prank("reset", Map.of()),
          new Prank("unknown-event", Map.of("times", 2)),
          new Prank("missing-event-id", Map.of("times", 5)),
          new Prank("hold-reply", Map.of("times", 2, "delayMs", 1200)),
          new Prank("late-reject", Map.of("times", 2)),
          new Prank("accept-then-timeout", Map.of("times", 2, "delayMs", 400)),
          new Prank("accept-then-5xx", Map.of("times", 2, "status", 504)),
          new Prank("accept-then-422", Map.of("times", 2)),
          new Prank("refuse", Map.of("times", 3, "status", 503)),
          new Prank("unavailable", Map.of("forMs", 800, "status", 503)),
          new Prank("rate-limit", Map.of("times", 2, "headers", false)));

  private final SimulatedBroker broker;
  private final RandomGenerator chance;

  Mischief(SimulatedBroker broker, RandomGenerator chance) {
    this.broker = broker;
    this.chance = chance;
  }

  private record Prank(String fault, Map<String, Object> settings) {}

  /// Lets something go wrong for an account.
  void strike(String account) {
    var prank = PRANKS.get(chance.nextInt(PRANKS.size()));
    broker.fault(account, prank.fault(), prank.settings());
  }
}
