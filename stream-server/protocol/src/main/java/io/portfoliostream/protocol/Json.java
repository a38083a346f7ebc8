package io.portfoliostream.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/// JSON as the contract wants it: decimals as plain strings, times in RFC 3339 with at least
/// milliseconds, absent fields left out, unknown fields ignored, nesting and lengths bounded.
///
/// Safe for any number of threads.
public final class Json {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_STRING = 64 * 1024;

  private static final ObjectMapper MAPPER = mapper();

  private Json() {}

  /// The mapper itself, for edges that bind bodies.
  public static ObjectMapper mapper() {
    var mapper =
        JsonMapper.builder()
            .addModule(new WireModule())
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.AUTO_DETECT_IS_GETTERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(MAX_STRING)
                .maxNumberLength(64)
                .maxNameLength(256)
                .build());
    return mapper;
  }

  /// Writes a message, a body or a stored value.
  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot write " + value.getClass().getSimpleName(), e);
    }
  }

  /// Reads a body or a stored value.
  ///
  /// @throws MalformedJson when `json` is not a `type`; the message names what is wrong
  public static <T> T read(byte[] json, Class<T> type) {
    try {
      return required(MAPPER.readValue(json, type));
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  /// Reads a text.
  ///
  /// @throws MalformedJson when `json` is not a `type`; the message names what is wrong
  public static <T> T read(String json, Class<T> type) {
    try {
      return required(MAPPER.readValue(json, type));
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  static JsonNode tree(String json) {
    return read(json, JsonNode.class);
  }

  static JsonParser parser(byte[] utf8) throws IOException {
    return MAPPER.createParser(utf8);
  }

  static <T> T convert(JsonNode node, Class<T> type) {
    try {
      return required(MAPPER.treeToValue(node, type));
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  private static <T> T required(T value) {
    if (value == null) {
      throw new MalformedJson("null is not a value here", null);
    }
    return value;
  }

  private static MalformedJson malformed(IOException e) {
    var said = e instanceof JsonProcessingException json ? json.getOriginalMessage() : "unreadable";
    var text = said == null ? "unreadable" : said.lines().findFirst().orElse("unreadable");
    return new MalformedJson(text.length() > 200 ? text.substring(0, 200) : text, e);
  }
}
