/// The roll-out of real time: which users may stream, stored for all nodes and changed while they
/// run.
///
/// Knows no HTTP and no connection.
@NullMarked
package io.portfoliostream.server.rollout;

import org.jspecify.annotations.NullMarked;
