package io.portfoliostream.server.broker;

/// Which part of an account's history is wanted, and how fine.
///
/// @param period up to now: a number with `D`, `W`, `M` or `A`
/// @param timeframe `1Min`, `5Min`, `15Min`, `1H` or `1D`
public record EquityQuery(String period, String timeframe) {}
