/// The only writer of portfolios: applies events, numbers them and appends them to the event log,
/// all in one transaction; reads snapshots and replays.
///
/// Must not know HTTP, WebSocket or any broker's protocol.
@NullMarked
package io.portfoliostream.server.ledger;

import org.jspecify.annotations.NullMarked;
