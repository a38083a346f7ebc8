package io.portfoliostream.server.stream;

import io.portfoliostream.protocol.StreamPosition;
import org.jspecify.annotations.Nullable;

/// What a client asks to be shown from now on.
///
/// @param windowMs the conflation asked for; as before when absent
/// @param resume where the client stands; it wants a snapshot when absent
record Wish(
    StreamConnection connection,
    Filter filter,
    @Nullable Integer windowMs,
    @Nullable StreamPosition resume) {}
