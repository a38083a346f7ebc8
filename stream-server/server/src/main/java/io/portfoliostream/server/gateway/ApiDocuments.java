package io.portfoliostream.server.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// The descriptions of the interface that come with the server, and their examples.
///
/// @param openapi of the calls over HTTP
/// @param asyncapi of the stream
/// @param examples by file name, as far as the descriptions refer to them
record ApiDocuments(String openapi, String asyncapi, Map<String, String> examples) {
  private static final Pattern EXAMPLE = Pattern.compile("\\bexamples/([\\w.-]+\\.json)");

  ApiDocuments {
    examples = Map.copyOf(examples);
  }

  static ApiDocuments load() {
    var openapi = read("OPENAPI_SPEC.yaml");
    var asyncapi = read("asyncapi.yaml");
    var examples = new HashMap<String, String>();
    EXAMPLE
        .matcher(openapi + asyncapi)
        .results()
        .map(found -> found.group())
        .distinct()
        .forEach(path -> examples.put(path.substring(path.indexOf('/') + 1), read(path)));
    return new ApiDocuments(openapi, asyncapi, examples);
  }

  private static String read(String name) {
    try (var in = ApiDocuments.class.getResourceAsStream("api/" + name)) {
      if (in == null) {
        throw new IllegalStateException("not packaged: " + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
