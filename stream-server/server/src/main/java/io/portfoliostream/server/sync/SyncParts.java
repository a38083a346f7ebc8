package io.portfoliostream.server.sync;

import io.portfoliostream.server.ledger.Ledger;
import io.portfoliostream.server.ledger.OrderBooking;
import io.portfoliostream.server.ledger.UnknownEvents;
import io.portfoliostream.server.marks.FeedBoard;
import io.portfoliostream.server.marks.Interest;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/// What the synchronisation of every account needs.
///
/// @param executor runs blocking work, each task on a thread of its own
public record SyncParts(
    Ledger ledger,
    OrderBooking orders,
    UnknownEvents unknown,
    Reconciliation reconciliation,
    FeedBoard feeds,
    Interest interest,
    SyncMetrics metrics,
    InstantSource clock,
    Executor executor,
    Reconciliation.Pause pause) {}
