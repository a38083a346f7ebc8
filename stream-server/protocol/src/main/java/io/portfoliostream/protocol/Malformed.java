package io.portfoliostream.protocol;

/// A client's frame that is not a message.
///
/// @param message names what is wrong, for the client's developer
public record Malformed(Code code, String message) implements Inbound {
  /// What is wrong.
  public enum Code {
    /// Not a JSON object, or a field of a wrong kind.
    BAD_JSON("bad_json"),
    /// A `type` that does not exist.
    UNKNOWN_TYPE("unknown_type"),
    /// A channel that does not exist.
    BAD_CHANNEL("bad_channel"),
    /// Not a symbol, or a symbol that cannot be taken away.
    BAD_SYMBOL("bad_symbol"),
    /// More symbols than a subscription may name.
    TOO_MANY_SYMBOLS("too_many_symbols"),
    /// A conflation window out of bounds.
    BAD_WINDOW("bad_window");

    private final String wireName;

    Code(String wireName) {
      this.wireName = wireName;
    }

    /// The word on the wire.
    public String wireName() {
      return wireName;
    }
  }
}
