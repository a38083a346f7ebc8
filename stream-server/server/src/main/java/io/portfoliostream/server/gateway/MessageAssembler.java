package io.portfoliostream.server.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;

/// Puts the fragments of a text message together, under a limit of bytes. The text is decoded as a
/// whole, since a fragment may end within a character.
///
/// For one thread.
final class MessageAssembler {
  private final int limit;
  private final CharsetDecoder decoder =
      UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private ByteArrayOutputStream collected = new ByteArrayOutputStream(0);
  private boolean assembling;

  /// @param limit of a whole message, in bytes
  MessageAssembler(int limit) {
    this.limit = limit;
  }

  /// What a fragment led to.
  sealed interface Result {
    /// The message goes on.
    record Incomplete() implements Result {}

    /// The message is whole.
    record Complete(String text) implements Result {}

    /// The message is over the limit.
    record TooBig() implements Result {}

    /// The client breaks the rules of WebSocket.
    ///
    /// @param code of the close frame that answers it
    record Broken(int code, String reason) implements Result {}
  }

  /// Begins a message.
  Result first(byte[] fragment, boolean last) {
    if (assembling) {
      return new Result.Broken(1002, "a message began within another");
    }
    assembling = true;
    return add(fragment, last);
  }

  /// Continues a message.
  Result next(byte[] fragment, boolean last) {
    return assembling
        ? add(fragment, last)
        : new Result.Broken(1002, "a continuation of no message");
  }

  private Result add(byte[] fragment, boolean last) {
    if (collected.size() + fragment.length > limit) {
      return new Result.TooBig();
    }
    if (!last) {
      collected.writeBytes(fragment);
      return new Result.Incomplete();
    }
    assembling = false;
    if (collected.size() == 0) {
      return decoded(fragment);
    }
    collected.writeBytes(fragment);
    var whole = collected.toByteArray();
    collected = new ByteArrayOutputStream(0);
    return decoded(whole);
  }

  private Result decoded(byte[] utf8) {
    try {
      return new Result.Complete(decoder.decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      return new Result.Broken(1007, "a text that is not UTF-8");
    }
  }
}
