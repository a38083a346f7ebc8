package io.portfoliostream.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.Serial;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/// How the contract writes decimals, times and message envelopes.
final class WireModule extends SimpleModule {
  @Serial private static final long serialVersionUID = 1L;

  private static final int MAX_DECIMAL_CHARACTERS = 40;

  private static final DateTimeFormatter WHOLE_SECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  WireModule() {
    super("portfolio-stream");
    addSerializer(new DecimalWriter());
    addDeserializer(BigDecimal.class, new DecimalReader());
    addSerializer(new InstantWriter());
    addDeserializer(Instant.class, new InstantReader());
    addSerializer(new MessageWriter());
    addDeserializer(ServerMessage.class, new MessageReader());
  }

  private static final class DecimalWriter extends StdSerializer<BigDecimal> {
    @Serial private static final long serialVersionUID = 1L;

    DecimalWriter() {
      super(BigDecimal.class);
    }

    @Override
    public void serialize(BigDecimal value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(value.toPlainString());
    }
  }

  private static final class DecimalReader extends StdDeserializer<BigDecimal> {
    @Serial private static final long serialVersionUID = 1L;

    DecimalReader() {
      super(BigDecimal.class);
    }

    @Override
    public BigDecimal deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      var token = in.currentToken();
      if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
        return context.reportInputMismatch(this, "a decimal string is expected");
      }
      var text = in.getText();
      if (text.length() > MAX_DECIMAL_CHARACTERS || !text.matches("-?\\d+(\\.\\d+)?")) {
        return context.reportInputMismatch(this, "not a decimal in plain notation");
      }
      return new BigDecimal(text);
    }
  }

  private static final class InstantWriter extends StdSerializer<Instant> {
    @Serial private static final long serialVersionUID = 1L;

    InstantWriter() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(
          value.equals(value.truncatedTo(ChronoUnit.SECONDS))
              ? WHOLE_SECONDS.format(value)
              : value.toString());
    }
  }

  private static final class InstantReader extends StdDeserializer<Instant> {
    @Serial private static final long serialVersionUID = 1L;

    InstantReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
      if (in.currentToken() != JsonToken.VALUE_STRING) {
        return context.reportInputMismatch(this, "an RFC 3339 time is expected");
      }
      try {
        return OffsetDateTime.parse(in.getText()).toInstant();
      } catch (DateTimeParseException _) {
        return context.reportInputMismatch(this, "not an RFC 3339 time");
      }
    }
  }

  private static final class MessageWriter extends StdSerializer<ServerMessage> {
    @Serial private static final long serialVersionUID = 1L;

    MessageWriter() {
      super(ServerMessage.class);
    }

    @Override
    public void serialize(ServerMessage message, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartObject();
      out.writeStringField("type", message.data().messageType());
      out.writePOJOField("timestamp", message.timestamp());
      out.writeStringField("userId", message.userId());
      out.writeNumberField("prevSeq", message.prevSeq());
      out.writeNumberField("seq", message.seq());
      out.writePOJOField("data", message.data());
      out.writeEndObject();
    }
  }

  private static final class MessageReader extends StdDeserializer<ServerMessage> {
    @Serial private static final long serialVersionUID = 1L;

    MessageReader() {
      super(ServerMessage.class);
    }

    @Override
    public ServerMessage deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      return ServerMessageCodec.fromTree(context.readTree(in));
    }
  }
}
