package io.portfoliostream.server.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/// Reads what a client's close frame says ([RFC 6455
/// §7.4](https://www.rfc-editor.org/rfc/rfc6455#section-7.4)).
final class CloseFrames {
  /// A close frame without a code.
  static final int NONE = 1005;

  /// A close frame that breaks the rules.
  static final int INVALID = -1;

  private CloseFrames() {}

  /// The code of a close frame, [#NONE] or [#INVALID].
  static int code(byte[] payload) {
    if (payload.length == 0) {
      return NONE;
    }
    if (payload.length < Short.BYTES) {
      return INVALID;
    }
    var code = Short.toUnsignedInt(ByteBuffer.wrap(payload).getShort());
    return mayBeSent(code) && isText(payload) ? code : INVALID;
  }

  private static boolean mayBeSent(int code) {
    var isRegistered = code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006;
    return isRegistered || (code >= 3000 && code <= 4999);
  }

  private static boolean isText(byte[] payload) {
    try {
      var reason = ByteBuffer.wrap(payload, Short.BYTES, payload.length - Short.BYTES);
      var _ = UTF_8.newDecoder().decode(reason);
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
