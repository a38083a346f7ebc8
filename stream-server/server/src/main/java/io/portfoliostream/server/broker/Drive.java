package io.portfoliostream.server.broker;

import io.portfoliostream.alpaca.Scheduler;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/// Time and threads for what is read from the broker again and again.
///
/// @param timers runs what does not block
/// @param workers runs what may block
public record Drive(InstantSource clock, Scheduler timers, Executor workers) {}
