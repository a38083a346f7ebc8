package io.portfoliostream.simulator.rest;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A request as far as the interface cares.
///
/// @param path decoded, without the query
/// @param query first value of each parameter; an empty value counts as absent
/// @param headers by lower-case name
/// @param fromLoopback whether the caller is on this machine
public record Request(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    String body,
    boolean fromLoopback) {

  public Request {
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  /// A query parameter; empty when it is absent or has no value.
  Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name)).filter(value -> !value.isBlank());
  }

  /// A header.
  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }
}
