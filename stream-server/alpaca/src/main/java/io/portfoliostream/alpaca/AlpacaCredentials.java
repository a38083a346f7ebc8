package io.portfoliostream.alpaca;

/// What proves to Alpaca on whose behalf we act; its text form never shows the secret.
public sealed interface AlpacaCredentials {

  /// A key and secret of one account, either paper or live.
  record ApiKey(String keyId, String secret) implements AlpacaCredentials {
    /// Checks that both can be sent in a header.
    public ApiKey {
      requireSendable("keyId", keyId);
      requireSendable("secret", secret);
    }

    @Override
    public String toString() {
      return "ApiKey[%s]".formatted(label());
    }
  }

  /// A token of Alpaca Connect, given by the user to our application.
  record OAuthToken(String token) implements AlpacaCredentials {
    /// Checks that the token can be sent in a header.
    public OAuthToken {
      requireSendable("token", token);
    }

    @Override
    public String toString() {
      return "OAuthToken[hidden]";
    }
  }

  /// A short name for logs: the beginning of the key id, which is no secret.
  default String label() {
    return switch (this) {
      case ApiKey(var keyId, _) -> keyId.substring(0, Math.min(6, keyId.length())) + "…";
      case OAuthToken _ -> "oauth";
    };
  }

  private static void requireSendable(String name, String value) {
    var sendable = !value.isEmpty() && value.length() <= 4096;
    if (!sendable || !value.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new IllegalArgumentException(name + " must be 1 to 4096 printable ASCII characters");
    }
  }
}
