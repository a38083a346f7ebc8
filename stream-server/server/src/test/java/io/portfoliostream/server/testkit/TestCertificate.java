package io.portfoliostream.server.testkit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate for `localhost` with the authority that signed it, made by the JDK's keytool.
///
/// @param chain the file of the certificate and the authority's
/// @param key the file of the certificate's private key
public record TestCertificate(Path chain, Path key) {
  private static final String PASSWORD = "changeit";

  /// One for all tests.
  public static TestCertificate shared() {
    return Shared.CERTIFICATE;
  }

  private static final class Shared {
    static final TestCertificate CERTIFICATE = create(temporary(), "EC");
  }

  /// Makes one in `folder`.
  ///
  /// @param algorithm of the key: RSA, EC or Ed25519
  public static TestCertificate create(Path folder, String algorithm) {
    try {
      var store = folder.resolve("keys.p12");
      pair(store, "authority", "EC", "-ext", "bc=ca:true");
      pair(store, "server", algorithm);
      var request = folder.resolve("request");
      keytool(store, "-certreq", "-alias", "server", "-file", request.toString());
      var certificate = folder.resolve("server.pem");
      keytool(
          store,
          "-gencert",
          "-alias",
          "authority",
          "-ext",
          "san=dns:localhost,ip:127.0.0.1",
          "-rfc",
          "-infile",
          request.toString(),
          "-outfile",
          certificate.toString());
      var authority = folder.resolve("authority.pem");
      keytool(store, "-exportcert", "-alias", "authority", "-rfc", "-file", authority.toString());
      var chain = folder.resolve("chain.pem");
      Files.writeString(chain, Files.readString(certificate) + Files.readString(authority));
      var key = folder.resolve("key.pem");
      Files.writeString(key, pem("PRIVATE KEY", requireNonNull(privateKey(store).getEncoded())));
      return new TestCertificate(chain, key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The settings that make a server use it.
  public Map<String, String> settings() {
    return Map.of("TLS_CERTIFICATE_FILE", chain.toString(), "TLS_PRIVATE_KEY_FILE", key.toString());
  }

  /// The file of the authority's certificate.
  public Path authority() {
    return chain.resolveSibling("authority.pem");
  }

  /// What a client uses that knows the authority and nobody else.
  public SSLContext client() {
    try (var stream = Files.newInputStream(chain.resolveSibling("keys.p12"))) {
      var keys = KeyStore.getInstance("PKCS12");
      keys.load(stream, PASSWORD.toCharArray());
      var known = KeyStore.getInstance("PKCS12");
      known.load(null, null);
      known.setCertificateEntry("authority", requireNonNull(keys.getCertificate("authority")));
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(known);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot trust the authority", e);
    }
  }

  /// A block of a PEM file.
  public static String pem(String label, byte[] der) {
    var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }

  private static Key privateKey(Path store) throws IOException {
    try (var stream = Files.newInputStream(store)) {
      var keys = KeyStore.getInstance("PKCS12");
      keys.load(stream, PASSWORD.toCharArray());
      return requireNonNull(keys.getKey("server", PASSWORD.toCharArray()), "no key");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("keytool's key cannot be read", e);
    }
  }

  private static void pair(Path store, String name, String algorithm, String... more)
      throws IOException {
    var words = new ArrayList<>(List.of("-genkeypair", "-alias", name, "-keyalg", algorithm));
    words.addAll(List.of("-dname", "CN=" + name, "-validity", "30"));
    words.addAll(List.of(more));
    keytool(store, words.toArray(String[]::new));
  }

  private static void keytool(Path store, String... words) throws IOException {
    var command = new ArrayList<String>();
    command.add(
        Path.of(requireNonNull(System.getProperty("java.home")), "bin", "keytool").toString());
    command.addAll(List.of(words));
    command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException("keytool failed: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static Path temporary() {
    try {
      var folder = Files.createTempDirectory("certificate");
      for (var file :
          List.of("keys.p12", "request", "server.pem", "authority.pem", "chain.pem", "key.pem")) {
        folder.toFile().deleteOnExit();
        folder.resolve(file).toFile().deleteOnExit();
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
