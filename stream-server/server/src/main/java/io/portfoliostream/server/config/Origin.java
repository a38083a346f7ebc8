package io.portfoliostream.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a web page came from, in the form in which a browser tells it: scheme, host and port,
/// lower-case, without the scheme's own port.
///
/// @param value such as `https://app.example.com` or `http://localhost:8081`
public record Origin(String value) {
  private static final int MAX_LENGTH = 300;

  /// Reads an origin; empty when `text` is none, `null` (the opaque origin) included.
  public static Optional<Origin> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      return of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static Optional<Origin> of(URI uri) {
    var host = uri.getHost();
    if (host == null || hasMore(uri)) {
      return Optional.empty();
    }
    return switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
      case "http" -> Optional.of(of("http", host, uri.getPort(), 80));
      case "https" -> Optional.of(of("https", host, uri.getPort(), 443));
      default -> Optional.empty();
    };
  }

  private static Origin of(String scheme, String host, int port, int usualPort) {
    var base = scheme + "://" + host.toLowerCase(Locale.ROOT);
    return new Origin(port == -1 || port == usualPort ? base : base + ":" + port);
  }

  private static boolean hasMore(URI uri) {
    return isPresent(uri.getPath())
        || uri.getQuery() != null
        || uri.getFragment() != null
        || uri.getUserInfo() != null;
  }

  private static boolean isPresent(@Nullable String path) {
    return path != null && !path.isEmpty();
  }

  @Override
  public String toString() {
    return value;
  }
}
