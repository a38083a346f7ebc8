/// The event bus: carries bookings, ticks, revocations and connection leases between the parts of a
/// node, and between nodes. It is only fast; what it loses is read again from the ledger.
///
/// Knows no HTTP, no WebSocket and no database.
@NullMarked
package io.portfoliostream.server.bus;

import org.jspecify.annotations.NullMarked;
