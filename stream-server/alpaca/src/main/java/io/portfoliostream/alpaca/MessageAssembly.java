package io.portfoliostream.alpaca;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/// Puts the fragments of one message together, up to a number of bytes. Not safe for several
/// threads.
final class MessageAssembly {

  /// Thrown instead of growing without bound.
  static final class TooLargeException extends Exception {
    private static final long serialVersionUID = 1L;

    private TooLargeException(int maxBytes) {
      super("a message of more than %d bytes".formatted(maxBytes));
    }
  }

  private final int maxBytes;
  private ByteArrayOutputStream fragments = new ByteArrayOutputStream(0);

  MessageAssembly(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /// Adds a fragment; the last one completes the message.
  Optional<byte[]> add(byte[] fragment, boolean last) throws TooLargeException {
    if (fragment.length > maxBytes - fragments.size()) {
      throw new TooLargeException(maxBytes);
    }
    if (last && fragments.size() == 0) {
      return Optional.of(fragment);
    }
    fragments.writeBytes(fragment);
    if (!last) {
      return Optional.empty();
    }
    var message = fragments.toByteArray();
    fragments = new ByteArrayOutputStream(0);
    return Optional.of(message);
  }
}
