package io.portfoliostream.simulator.json;

import java.net.URI;

/// The line that tells whoever started a simulator where to find it.
public final class AddressesJson {

  private AddressesJson() {}

  /// The addresses of the REST interface, the trading stream and the market data stream.
  public static String line(URI rest, URI stream, URI data) {
    return Json.string(
            Json.object()
                .put("rest", rest.toString())
                .put("stream", stream.toString())
                .put("data", data.toString()))
        + "\n";
  }
}
