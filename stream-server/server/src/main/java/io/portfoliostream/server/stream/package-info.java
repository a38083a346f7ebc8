/// The stream manager: connections, subscriptions, replay, conflation, outboxes, heartbeats,
/// digests, slow consumers. Plain Java, driven by a clock.
///
/// The way through: [io.portfoliostream.server.stream.StreamHub] opens a connection, a `UserStream`
/// owns one user's portfolio and connections and decides what is said, an `Outbox` keeps it until
/// the connection's only writer takes it.
///
/// Knows no web server and no database.
@NullMarked
package io.portfoliostream.server.stream;

import org.jspecify.annotations.NullMarked;
