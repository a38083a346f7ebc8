/// Load from outside: real processes, an open-loop price stream, one connection per user, and what
/// it cost.
@NullMarked
package io.portfoliostream.benchmarks;

import org.jspecify.annotations.NullMarked;
