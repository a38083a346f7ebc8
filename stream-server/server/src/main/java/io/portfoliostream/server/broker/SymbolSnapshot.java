package io.portfoliostream.server.broker;

import io.portfoliostream.server.marks.Quote;
import org.jspecify.annotations.Nullable;

/// The newest trade and quote of a symbol, as read on request.
///
/// @param last absent when it never traded
/// @param offers absent when it was never quoted
public record SymbolSnapshot(
    String symbol, Quote.@Nullable Last last, Quote.@Nullable Offers offers) {}
