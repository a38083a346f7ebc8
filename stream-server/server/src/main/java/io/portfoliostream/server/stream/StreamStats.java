package io.portfoliostream.server.stream;

/// How much this node's streams hold just now.
///
/// @param users who have a connection
/// @param waitingBytes in all outboxes together
/// @param largestOutbox bytes in the fullest one
/// @param symbols held by those users
public record StreamStats(
    int users, int connections, long waitingBytes, int largestOutbox, int symbols) {}
