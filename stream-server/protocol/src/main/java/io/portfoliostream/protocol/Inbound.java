package io.portfoliostream.protocol;

/// What a client's frame turned out to be.
public sealed interface Inbound permits ClientMessage, Malformed {}
