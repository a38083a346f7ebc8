package io.portfoliostream.server.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// Reading of certificates and private keys as files have them ([RFC
/// 7468](https://www.rfc-editor.org/rfc/rfc7468)). What cannot be used is refused by the name of
/// its setting; of a key no word is repeated.
final class Pem {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]*)PRIVATE KEY-----([^-]+)-----END ");

  private Pem() {}

  /// The server's certificate, then each one that signed the one before.
  static List<X509Certificate> certificates(String setting, byte[] file) {
    var chain = read(setting, file);
    if (chain.isEmpty()) {
      throw new BadSetting(setting, "has no certificate in PEM");
    }
    for (var index = 1; index < chain.size(); index++) {
      var issuer = chain.get(index - 1).getIssuerX500Principal();
      if (!issuer.equals(chain.get(index).getSubjectX500Principal())) {
        throw new BadSetting(
            setting, "must have the server's own certificate first, then its signers in order");
      }
    }
    return chain;
  }

  private static List<X509Certificate> read(String setting, byte[] file) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(file))
          .stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (CertificateException e) {
      throw new BadSetting(setting, "cannot be read as certificates in PEM");
    }
  }

  /// The private key of `certificate`.
  static PrivateKey key(String setting, byte[] file, X509Certificate certificate) {
    var block = KEY.matcher(new String(file, ISO_8859_1));
    if (!block.find()) {
      throw new BadSetting(setting, "has no private key in PEM");
    }
    var kind = requireNonNull(block.group(1)).strip();
    if (kind.equals("ENCRYPTED") || requireNonNull(block.group(2)).contains("ENCRYPTED")) {
      throw new BadSetting(setting, "must not be protected by a passphrase");
    }
    try {
      var der = Base64.getMimeDecoder().decode(requireNonNull(block.group(2)));
      var owner = certificate.getPublicKey();
      var key =
          KeyFactory.getInstance(owner.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(pkcs8(kind, der)));
      if (belongTogether(key, owner)) {
        return key;
      }
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw new BadSetting(setting, "cannot be read as the private key of the certificate");
    }
    throw new BadSetting(setting, "is the private key of another certificate");
  }

  /// Older kinds of files have the bare key; it is wrapped as the newer ones are.
  private static byte[] pkcs8(String kind, byte[] der) throws IOException {
    return switch (kind) {
      case "RSA" ->
          wrapped(
              new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
              RSAPrivateKey.getInstance(der));
      case "EC" -> {
        var key = ECPrivateKey.getInstance(der);
        yield wrapped(
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()),
            key);
      }
      default -> der;
    };
  }

  private static byte[] wrapped(AlgorithmIdentifier algorithm, ASN1Encodable key)
      throws IOException {
    return new PrivateKeyInfo(algorithm, key).getEncoded();
  }

  /// Whether what one signs the other one verifies.
  private static boolean belongTogether(PrivateKey key, PublicKey owner)
      throws GeneralSecurityException {
    var algorithm =
        switch (owner.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case String other -> other;
        };
    var probe = "probe".getBytes(ISO_8859_1);
    var signer = Signature.getInstance(algorithm);
    signer.initSign(key);
    signer.update(probe);
    var verifier = Signature.getInstance(algorithm);
    verifier.initVerify(owner);
    verifier.update(probe);
    return verifier.verify(signer.sign());
  }
}
