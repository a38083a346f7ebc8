package io.portfoliostream.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the public listener proves its identity with.
///
/// @param chain its certificate, then those that lead to one which clients know
/// @param key the private key of the first of them; never printed
public record TlsConfig(List<X509Certificate> chain, PrivateKey key) {
  private static final String CERTIFICATE = "TLS_CERTIFICATE_FILE";
  private static final String KEY = "TLS_PRIVATE_KEY_FILE";
  private static final Duration SOON = Duration.ofDays(14);
  private static final int LONGEST = 1024 * 1024;

  /// Freezes the list.
  public TlsConfig {
    chain = List.copyOf(chain);
  }

  /// What is wrong with the time at which the certificate is used, if anything is.
  public Optional<String> concern(Instant now) {
    var certificate = chain.getFirst();
    var end = certificate.getNotAfter().toInstant();
    if (now.isBefore(certificate.getNotBefore().toInstant())) {
      return Optional.of(CERTIFICATE + " is not valid yet");
    }
    if (now.isAfter(end)) {
      return Optional.of(CERTIFICATE + " expired at " + end);
    }
    return now.plus(SOON).isAfter(end)
        ? Optional.of(CERTIFICATE + " expires at " + end)
        : Optional.empty();
  }

  static Optional<TlsConfig> parse(Settings read) {
    var certificate = read.text(CERTIFICATE);
    var key = read.text(KEY);
    if (certificate.isPresent() != key.isPresent()) {
      throw new BadSetting(
          certificate.isPresent() ? KEY : CERTIFICATE, "must be set together with its counterpart");
    }
    return certificate.flatMap(chain -> key.map(secret -> of(chain, secret)));
  }

  private static TlsConfig of(String certificateFile, String keyFile) {
    var chain = Pem.certificates(CERTIFICATE, content(CERTIFICATE, certificateFile));
    return new TlsConfig(chain, Pem.key(KEY, content(KEY, keyFile), chain.getFirst()));
  }

  private static byte[] content(String setting, String file) {
    try {
      var path = Path.of(file);
      if (Files.size(path) > LONGEST) {
        throw new BadSetting(setting, "is larger than any PEM file: " + Settings.quoted(file));
      }
      return Files.readAllBytes(path);
    } catch (IOException | InvalidPathException e) {
      throw new BadSetting(setting, "is not a file that can be read: " + Settings.quoted(file));
    }
  }

  @Override
  public String toString() {
    return "TlsConfig[" + chain.getFirst().getSubjectX500Principal() + "]";
  }
}
