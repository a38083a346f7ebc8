package io.portfoliostream.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.server.testkit.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsConfigTest {
  private static final String CHAIN = "TLS_CERTIFICATE_FILE";
  private static final String KEY = "TLS_PRIVATE_KEY_FILE";

  private final TestCertificate certificate = TestCertificate.shared();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void aChainAndItsKeyAreRead(String algorithm) {
    var made = TestCertificate.create(folder, algorithm);

    var tls = parse(made.settings());

    assertThat(tls.chain()).hasSize(2);
    assertThat(tls.chain().getFirst().getSubjectX500Principal().getName()).isEqualTo("CN=server");
    assertThat(tls.toString()).isEqualTo("TlsConfig[CN=server]");
  }

  @Test
  void withoutTheSettingsThereIsNoTls() {
    var network = ServerConfig.parse(Map.of()).network();

    assertThat(network.tls()).isNull();
    assertThat(network.scheme()).isEqualTo("http");
    assertThat(ServerConfig.parse(certificate.settings()).network().scheme()).isEqualTo("https");
  }

  @Test
  void anRsaKeyOfTheOlderKindIsRead() throws Exception {
    var made = TestCertificate.create(folder, "RSA");
    var older = TestCertificate.pem("RSA PRIVATE KEY", bare(made));

    assertThat(parse(with(made, KEY, older)).key()).isEqualTo(parse(made.settings()).key());
  }

  @Test
  void anEcKeyOfTheOlderKindIsRead() throws Exception {
    var wrapped = PrivateKeyInfo.getInstance(parse(certificate.settings()).key().getEncoded());
    ASN1Encodable curve = wrapped.getPrivateKeyAlgorithm().getParameters();
    var key = ECPrivateKey.getInstance(wrapped.parsePrivateKey());
    var older = new ECPrivateKey(384, key.getKey(), curve).getEncoded();
    var file =
        TestCertificate.pem("EC PARAMETERS", curve.toASN1Primitive().getEncoded())
            + TestCertificate.pem("EC PRIVATE KEY", older);

    assertThat(parse(with(certificate, KEY, file)).chain()).hasSize(2);
  }

  @Test
  void oneSettingWithoutTheOtherIsRefused() {
    assertThatThrownBy(() -> parse(Map.of(CHAIN, certificate.chain().toString())))
        .isInstanceOf(BadSetting.class)
        .hasMessage(KEY + " must be set together with its counterpart");
    assertThatThrownBy(() -> parse(Map.of(KEY, certificate.key().toString())))
        .isInstanceOf(BadSetting.class)
        .hasMessage(CHAIN + " must be set together with its counterpart");
  }

  @ParameterizedTest
  @ValueSource(strings = {CHAIN, KEY})
  void aFileThatIsNotThereIsNamedWithItsSetting(String setting) {
    var settings = new HashMap<>(certificate.settings());
    settings.put(setting, "/no/such/file.pem");

    assertThatThrownBy(() -> parse(settings))
        .isInstanceOf(BadSetting.class)
        .hasMessage(setting + " is not a file that can be read: '/no/such/file.pem'");
    settings.put(setting, folder.toString());
    assertThatThrownBy(() -> parse(settings))
        .isInstanceOf(BadSetting.class)
        .hasMessageStartingWith(setting + " ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\n"
      })
  void whatIsNoCertificateIsRefused(String content) {
    assertThatThrownBy(() -> parse(with(certificate, CHAIN, content)))
        .isInstanceOf(BadSetting.class)
        .hasMessageStartingWith(CHAIN + " ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hunter2",
        "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----\n",
        "-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY-----\n",
        "-----BEGIN EC PRIVATE KEY-----\nhunter2\n-----END EC PRIVATE KEY-----\n"
      })
  void whatIsNoKeyIsRefusedWithoutAWordOfIt(String content) {
    assertThatThrownBy(() -> parse(with(certificate, KEY, content)))
        .isInstanceOf(BadSetting.class)
        .hasMessageStartingWith(KEY + " ")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aKeyThatIsProtectedIsRefused() {
    var file = TestCertificate.pem("ENCRYPTED PRIVATE KEY", new byte[100]);

    assertThatThrownBy(() -> parse(with(certificate, KEY, file)))
        .hasMessage(KEY + " must not be protected by a passphrase");
  }

  @Test
  void theKeyOfAnotherCertificateIsRefused() throws Exception {
    var other = Files.readString(TestCertificate.create(folder, "EC").key());

    assertThatThrownBy(() -> parse(with(certificate, KEY, other)))
        .hasMessage(KEY + " is the private key of another certificate");
    assertThatThrownBy(() -> parse(with(certificate, KEY, rsa())))
        .hasMessage(KEY + " cannot be read as the private key of the certificate");
  }

  @Test
  void aChainInTheWrongOrderIsRefused() throws Exception {
    var chain = Files.readString(certificate.authority()) + Files.readString(certificate.chain());

    assertThatThrownBy(() -> parse(with(certificate, CHAIN, chain)))
        .hasMessage(
            CHAIN + " must have the server's own certificate first, then its signers in order");
  }

  @Test
  void aCertificateThatRunsOutIsOfConcern() {
    var tls = parse(certificate.settings());
    var end = tls.chain().getFirst().getNotAfter().toInstant();

    assertThat(tls.concern(end.minus(Duration.ofDays(15)))).isEmpty();
    assertThat(tls.concern(end.minus(Duration.ofDays(13)))).contains(CHAIN + " expires at " + end);
    assertThat(tls.concern(end.plusSeconds(1))).contains(CHAIN + " expired at " + end);
    assertThat(tls.concern(end.minus(Duration.ofDays(200)))).contains(CHAIN + " is not valid yet");
  }

  private String rsa() throws Exception {
    return Files.readString(
        TestCertificate.create(Files.createDirectory(folder.resolve("rsa")), "RSA").key());
  }

  private static byte[] bare(TestCertificate made) throws Exception {
    return PrivateKeyInfo.getInstance(parse(made.settings()).key().getEncoded())
        .parsePrivateKey()
        .toASN1Primitive()
        .getEncoded();
  }

  private Map<String, String> with(TestCertificate made, String setting, String content)
      throws Exception {
    var settings = new HashMap<>(made.settings());
    settings.put(setting, Files.writeString(folder.resolve("other.pem"), content).toString());
    return settings;
  }

  private static TlsConfig parse(Map<String, String> settings) {
    return Objects.requireNonNull(ServerConfig.parse(settings).network().tls(), "no TLS");
  }
}
