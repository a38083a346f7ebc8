package io.portfoliostream.server.gateway;

import io.portfoliostream.server.config.AddressRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds out where a client is, and whether it came over TLS: the peer of its connection, or,
/// behind proxies that we trust, what the first of them saw. Each proxy appends whom it saw to
/// `X-Forwarded-For`, so the list is read from its end and only as far as those who wrote it are
/// trusted.
final class ClientAddresses {
  private final Set<AddressRange> trusted;

  ClientAddresses(Set<AddressRange> trusted) {
    this.trusted = Set.copyOf(trusted);
  }

  /// Whether the client's end of the way is TLS: the connection itself is, or a proxy that we trust
  /// says so of the other side. Of several values the last one is the peer's own.
  boolean isSecure(boolean tls, SocketAddress peer, List<String> forwardedProtocol) {
    if (tls) {
      return true;
    }
    var told = hops(forwardedProtocol);
    return peer instanceof InetSocketAddress inet
        && inet.getAddress() != null
        && isTrusted(inet.getAddress())
        && !told.isEmpty()
        && told.getLast().equalsIgnoreCase("https");
  }

  String of(SocketAddress peer, List<String> forwardedFor) {
    if (!(peer instanceof InetSocketAddress inet) || inet.getAddress() == null) {
      return "unknown";
    }
    var seen = inet.getAddress();
    var hops = hops(forwardedFor);
    for (var hop = hops.size() - 1; hop >= 0 && isTrusted(seen); hop--) {
      var before = parse(hops.get(hop));
      if (before.isEmpty()) {
        break;
      }
      seen = before.get();
    }
    return seen.getHostAddress();
  }

  private boolean isTrusted(InetAddress address) {
    return trusted.stream().anyMatch(range -> range.contains(address));
  }

  private static List<String> hops(List<String> headers) {
    return headers.stream()
        .flatMap(header -> Arrays.stream(header.split(",", -1)))
        .map(String::strip)
        .toList();
  }

  /// An address as proxies write it: bare, with a port, or in brackets.
  private static Optional<InetAddress> parse(String hop) {
    try {
      return Optional.of(InetAddress.ofLiteral(withoutPort(hop)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String withoutPort(String hop) {
    if (hop.startsWith("[")) {
      var end = hop.indexOf(']');
      return end < 0 ? hop : hop.substring(1, end);
    }
    var colon = hop.indexOf(':');
    return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
  }
}
