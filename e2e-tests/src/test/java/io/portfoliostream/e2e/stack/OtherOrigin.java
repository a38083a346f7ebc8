package io.portfoliostream.e2e.stack;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// A web server of somebody else on the same site: another port of 127.0.0.1.
public final class OtherOrigin implements AutoCloseable {
  private final HttpServer server;

  private OtherOrigin(HttpServer server) {
    this.server = server;
  }

  /// Serves the files of a folder of the project.
  public static OtherOrigin serving(String folder) {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var server =
        SimpleFileServer.createFileServer(
            address, Project.root().resolve(folder).toAbsolutePath(), OutputLevel.NONE);
    server.start();
    return new OtherOrigin(server);
  }

  /// Its origin, as browsers tell it.
  public String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
