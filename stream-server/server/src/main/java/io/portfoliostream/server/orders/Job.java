package io.portfoliostream.server.orders;

import io.portfoliostream.server.portfolio.UserId;

/// A claimed piece of work.
///
/// @param attempts how often it was claimed, this time included: with the lease's owner it is the
///   fence that a late worker fails at
record Job(long id, UserId user, JobKind kind, String orderId, int attempts) {}
