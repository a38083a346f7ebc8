package io.portfoliostream.server.config;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where the server listens and whom it believes.
///
/// @param port of the public listener, 0 for any free one
/// @param managementPort of the listener for metrics, 0 for any free one
/// @param publicOrigins the product's own pages
/// @param readOrigins other pages that may open the stream
/// @param writeOrigins other pages that may change something
/// @param trustedProxies whose forwarding headers tell a client's address, and whether it came over
///   TLS
/// @param tls absent where the public listener speaks plain HTTP
public record NetworkConfig(
    String host,
    int port,
    int managementPort,
    Set<Origin> publicOrigins,
    Set<Origin> readOrigins,
    Set<Origin> writeOrigins,
    Set<AddressRange> trustedProxies,
    @Nullable TlsConfig tls) {
  /// The setting that holds [#port].
  public static final String PORT_KEY = "STREAM_PORT";

  /// The setting that holds [#managementPort].
  public static final String MANAGEMENT_PORT_KEY = "MANAGEMENT_PORT";

  /// Copies the sets.
  public NetworkConfig {
    publicOrigins = Set.copyOf(publicOrigins);
    readOrigins = Set.copyOf(readOrigins);
    writeOrigins = Set.copyOf(writeOrigins);
    trustedProxies = Set.copyOf(trustedProxies);
  }

  static NetworkConfig parse(Settings read) {
    var port = read.port(PORT_KEY, 8080);
    var managementPort = read.port(MANAGEMENT_PORT_KEY, 8082);
    if (port != 0 && port == managementPort) {
      throw new BadSetting(MANAGEMENT_PORT_KEY, "must differ from " + PORT_KEY + ": " + port);
    }
    var ui = read.port("UI_PORT", 8081);
    return new NetworkConfig(
        read.text("STREAM_HOST").orElse("127.0.0.1"),
        port,
        managementPort,
        read.each(
            "PUBLIC_ORIGINS", "http://localhost:" + ui + ",http://127.0.0.1:" + ui, Origin::parse),
        read.each("READ_ORIGINS", "", Origin::parse),
        read.each("WRITE_ORIGINS", "", Origin::parse),
        read.each("TRUSTED_PROXIES", "127.0.0.1", AddressRange::parse),
        TlsConfig.parse(read).orElse(null));
  }

  /// The scheme of the public listener's addresses.
  public String scheme() {
    return tls == null ? "http" : "https";
  }
}
