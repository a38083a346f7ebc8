package io.portfoliostream.server.gateway;

import io.helidon.common.tls.Tls;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.portfoliostream.server.config.NetworkConfig;
import io.portfoliostream.server.config.TlsConfig;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One listening socket and what it serves over HTTP/1.1.
///
/// The web server's own limits on connections and on concurrent requests stay off: the first lets
/// clients hang, the second would count every frame of a stream.
final class Listener implements AutoCloseable {
  private static final int RECEIVE_BUFFER = 256 * 1024;

  /// Small enough that a client which does not read is found soon.
  private static final int SEND_BUFFER = 64 * 1024;

  private static final List<String> TLS_VERSIONS = List.of("TLSv1.3", "TLSv1.2");

  private static final Duration IDLE = Duration.ofMinutes(2);

  private final WebServer server;

  private Listener(WebServer server) {
    this.server = server;
  }

  /// Where to listen.
  ///
  /// @param port 0 for any free one
  /// @param key the setting that holds the port
  /// @param tls absent for plain HTTP
  record Place(String host, int port, String key, @Nullable TlsConfig tls) {
    static Place of(NetworkConfig network) {
      return new Place(network.host(), network.port(), NetworkConfig.PORT_KEY, network.tls());
    }

    private Tls security() {
      return tls == null
          ? Tls.builder().enabled(false).build()
          : Tls.builder()
              .privateKey(tls.key())
              .privateKeyCertChain(tls.chain())
              .enabledProtocols(TLS_VERSIONS)
              .build();
    }

    private String refusal(IOException e) {
      var why = e instanceof BindException ? "is taken" : "cannot be opened";
      return "port " + port + " on " + host + " " + why + " (" + key + "): " + e.getMessage();
    }
  }

  /// Opens a listener.
  ///
  /// @param upgraders by the word in the `Upgrade` header
  /// @throws PortTaken when it cannot be opened
  static Listener open(
      Place place, HttpRouting.Builder routing, Map<String, ? extends Http1Upgrader> upgraders) {
    probe(place);
    var server = config(place, routing, upgraders).build().start();
    if (!server.isRunning()) {
      var cause = new BindException("taken in the meantime");
      throw new PortTaken(place.refusal(cause), cause);
    }
    return new Listener(server);
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }

  private static WebServerConfig.Builder config(
      Place place, HttpRouting.Builder routing, Map<String, ? extends Http1Upgrader> upgraders) {
    return WebServer.builder()
        .host(place.host())
        .port(place.port())
        .shutdownHook(false)
        .protocolsDiscoverServices(false)
        .featuresDiscoverServices(false)
        .addConnectionSelector(
            new HttpConnections(
                Http1ConnectionSelector.builder()
                    .config(quietHttp1())
                    .upgraders(upgraders)
                    .build()))
        .addRouting(routing)
        .directHandlers(Problems.handlers(place.tls() != null))
        .tls(place.security())
        .maxPayloadSize(Call.MAX_BODY)
        .idleConnectionTimeout(IDLE)
        .putListenerSocketOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER)
        .putListenerSocketOption(StandardSocketOptions.SO_REUSEADDR, true)
        .connectionOptions(options -> options.tcpNoDelay(true).socketSendBufferSize(SEND_BUFFER));
  }

  /// Without the log of headers, which hold cookies.
  private static Http1Config quietHttp1() {
    return Http1Config.builder()
        .receiveLog(false)
        .sendLog(false)
        .validateResponseHeaders(true)
        .build();
  }

  /// The web server logs a taken port with a stack trace and starts nevertheless; so it is tried
  /// before.
  private static void probe(Place place) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(place.host(), place.port()));
    } catch (IOException e) {
      throw new PortTaken(place.refusal(e), e);
    }
  }
}
