package io.portfoliostream.server.gateway;

import io.portfoliostream.protocol.ProblemCode;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A path and what its methods do.
///
/// @param endpoints by method
record Resource(String path, Map<String, Endpoint> endpoints) {
  private static final String ADMIN = "admin";

  Resource {
    endpoints = Map.copyOf(endpoints);
  }

  static Resource at(String path) {
    return new Resource(path, Map.of());
  }

  Resource open(String method, Endpoint.Open endpoint) {
    return with(method, endpoint);
  }

  Resource own(String method, Endpoint.Own endpoint) {
    return with(method, endpoint);
  }

  /// For those who have the role `admin`.
  Resource admin(String method, Endpoint.Own endpoint) {
    Endpoint.Own guarded =
        (call, identity) ->
            identity.roles().contains(ADMIN)
                ? endpoint.answer(call, identity)
                : Answer.problem(ProblemCode.FORBIDDEN, "This is for administrators.");
    return with(method, guarded);
  }

  /// What a method does; `HEAD` does what `GET` does, and is answered without the body.
  Optional<Endpoint> endpoint(String method) {
    return Optional.ofNullable(endpoints.get(method.equals("HEAD") ? "GET" : method));
  }

  /// The value of an `Allow` header.
  String allowed() {
    return String.join(", ", methods());
  }

  /// The methods that it knows.
  SortedSet<String> methods() {
    var methods = new TreeSet<>(endpoints.keySet());
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return methods;
  }

  private Resource with(String method, Endpoint endpoint) {
    var more = new TreeMap<>(endpoints);
    more.put(method, endpoint);
    return new Resource(path, more);
  }
}
