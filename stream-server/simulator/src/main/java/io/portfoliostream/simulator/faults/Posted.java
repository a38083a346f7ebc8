package io.portfoliostream.simulator.faults;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A fault on the board, as it stood when it was asked for.
///
/// @param until when it ends by itself, or null
/// @param remaining how often it will happen still, or null for any number
/// @param happened how often it happened so far
/// @param active whether it may still happen
public record Posted(
    long id,
    Fault fault,
    Instant since,
    @Nullable Instant until,
    @Nullable Integer remaining,
    long happened,
    boolean active) {}
