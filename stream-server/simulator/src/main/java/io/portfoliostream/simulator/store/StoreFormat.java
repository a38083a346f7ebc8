package io.portfoliostream.simulator.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/// How states and changes are written: JSON, each change on a line of its own behind a checksum.
final class StoreFormat {
  private static final int CHECKSUM_LENGTH = 8;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(1 << 20).build())
                  .build())
          .addModule(times())
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private StoreFormat() {}

  static ObjectMapper mapper() {
    return MAPPER;
  }

  static byte[] line(Object change) throws IOException {
    byte[] json = MAPPER.writeValueAsBytes(change);
    byte[] line = new byte[CHECKSUM_LENGTH + 1 + json.length + 1];
    byte[] checksum = checksum(json, 0, json.length).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(checksum, 0, line, 0, CHECKSUM_LENGTH);
    line[CHECKSUM_LENGTH] = ' ';
    System.arraycopy(json, 0, line, CHECKSUM_LENGTH + 1, json.length);
    line[line.length - 1] = '\n';
    return line;
  }

  /// A change from its line without the line end; empty when it was not written to its end.
  static <T> Optional<T> parse(byte[] line, Class<T> type) throws IOException {
    int start = CHECKSUM_LENGTH + 1;
    if (line.length <= start) {
      return Optional.empty();
    }
    var expected = new String(line, 0, CHECKSUM_LENGTH, StandardCharsets.US_ASCII);
    if (!expected.equals(checksum(line, start, line.length - start))) {
      return Optional.empty();
    }
    return Optional.of(MAPPER.readValue(line, start, line.length - start, type));
  }

  private static String checksum(byte[] bytes, int offset, int length) {
    var crc = new CRC32C();
    crc.update(bytes, offset, length);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  private static SimpleModule times() {
    return new SimpleModule()
        .addSerializer(Instant.class, ToStringSerializer.instance)
        .addSerializer(LocalDate.class, ToStringSerializer.instance)
        .addDeserializer(Instant.class, new InstantReader())
        .addDeserializer(LocalDate.class, new DateReader());
  }

  private static final class InstantReader extends JsonDeserializer<Instant> {
    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return Instant.parse(parser.getValueAsString());
    }
  }

  private static final class DateReader extends JsonDeserializer<LocalDate> {
    @Override
    public LocalDate deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return LocalDate.parse(parser.getValueAsString());
    }
  }
}
