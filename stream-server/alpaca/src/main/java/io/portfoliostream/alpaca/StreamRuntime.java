package io.portfoliostream.alpaca;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Time and chance for streams.
///
/// @param clock stamps what arrives
/// @param scheduler runs the timers; listeners may be called on its threads
/// @param random for jitter; must be safe for several threads when several streams share it
public record StreamRuntime(InstantSource clock, Scheduler scheduler, RandomGenerator random) {}
