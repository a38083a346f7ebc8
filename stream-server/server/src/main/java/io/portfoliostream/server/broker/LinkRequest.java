package io.portfoliostream.server.broker;

import io.portfoliostream.alpaca.AlpacaCredentials;
import io.portfoliostream.alpaca.AlpacaCredentials.ApiKey;
import io.portfoliostream.alpaca.AlpacaCredentials.OAuthToken;
import io.portfoliostream.protocol.Problem.FieldError;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.server.broker.LinkedAccounts.LinkedAccount;
import io.portfoliostream.server.portfolio.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks the request to link an account and names each field at fault.
public final class LinkRequest {
  private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7e]{1,512}");

  private LinkRequest() {}

  /// The account of a valid request, or what is wrong with it.
  public sealed interface Checked {
    /// A valid request; the broker has still to be asked.
    record Valid(LinkedAccount account) implements Checked {}

    /// An invalid request.
    record Invalid(List<FieldError> errors) implements Checked {}
  }

  /// Checks a request of `user`.
  ///
  /// @param environments where an account can be linked
  public static Checked check(UserId user, Rest.LinkAccount request, Set<String> environments) {
    var errors = new ArrayList<FieldError>();
    var environment = request.environment();
    if (environment == null || !environments.contains(environment)) {
      var known = String.join(" or ", new TreeSet<>(environments));
      errors.add(new FieldError("environment", "must be " + known));
    }
    var credentials = credentials(request, errors);
    if (environment == null || credentials == null || !errors.isEmpty()) {
      return new Checked.Invalid(List.copyOf(errors));
    }
    var viewOnly = request.viewOnly() != null && request.viewOnly();
    return new Checked.Valid(new LinkedAccount(user, environment, credentials, null, viewOnly));
  }

  private static @Nullable AlpacaCredentials credentials(
      Rest.LinkAccount request, List<FieldError> errors) {
    var token = request.oauthToken();
    var keyId = sendable("keyId", request.keyId(), token == null, errors);
    var secret = sendable("secret", request.secret(), token == null, errors);
    if (token == null) {
      return keyId == null || secret == null ? null : new ApiKey(keyId, secret);
    }
    if (keyId != null || secret != null) {
      errors.add(new FieldError("oauthToken", "comes instead of keyId and secret"));
      return null;
    }
    var sendable = sendable("oauthToken", token, true, errors);
    return sendable == null ? null : new OAuthToken(sendable);
  }

  private static @Nullable String sendable(
      String field, @Nullable String value, boolean required, List<FieldError> errors) {
    if (value == null) {
      if (required) {
        errors.add(new FieldError(field, "is required"));
      }
      return null;
    }
    if (!SENDABLE.matcher(value).matches()) {
      errors.add(new FieldError(field, "is 1 to 512 visible characters"));
      return null;
    }
    return value;
  }
}
