package io.portfoliostream.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What stands around a server message's data, read without reading the data.
///
/// @param epoch the numbering, where the message names it: `welcome` and `subscribed` do
public record Envelope(String type, long prevSeq, long seq, @Nullable String epoch) {
  /// Refuses an envelope without a type.
  public Envelope {
    requireNonNull(type, "type");
  }

  /// Reads the envelope of a message that [ServerMessageCodec] wrote.
  ///
  /// @throws MalformedJson when it is none
  public static Envelope read(byte[] utf8) {
    try (var in = Json.parser(utf8)) {
      return new Reader(in).read();
    } catch (IOException e) {
      throw new MalformedJson(String.valueOf(e.getMessage()), e);
    }
  }

  private static final class Reader {
    private final JsonParser in;
    private @Nullable String type;
    private long prevSeq;
    private long seq;

    Reader(JsonParser in) {
      this.in = in;
    }

    Envelope read() throws IOException {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedJson("a JSON object is expected", null);
      }
      for (var name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
        in.nextToken();
        switch (name) {
          case "type" -> type = in.getText();
          case "prevSeq" -> prevSeq = in.getLongValue();
          case "seq" -> seq = in.getLongValue();
          case "data" -> {
            return whole();
          }
          default -> in.skipChildren();
        }
      }
      throw new MalformedJson("data is missing", null);
    }

    /// The envelope, as the data is written last; of it, the epoch is read where there may be one.
    private Envelope whole() throws IOException {
      if (type == null) {
        throw new MalformedJson("type is missing", null);
      }
      return new Envelope(type, prevSeq, seq, hasEpoch(type) ? epoch() : null);
    }

    private static boolean hasEpoch(String type) {
      return type.equals("welcome") || type.equals("subscribed");
    }

    private @Nullable String epoch() throws IOException {
      for (var name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
        in.nextToken();
        if (name.equals("epoch")) {
          return in.getText();
        }
        in.skipChildren();
      }
      return null;
    }
  }
}
