package io.portfoliostream.server.stream;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What can be told of a connection that is open.
///
/// @param since when it was opened
/// @param roundTrip of the last ping, absent before the first answer
/// @param waitingBytes in its outbox
public record OpenConnection(
    Client client, Instant since, @Nullable Duration roundTrip, int waitingBytes) {}
