package io.portfoliostream.server.broker;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals credentials with AES-256-GCM, bound to the user that they belong to: a sealed value that
/// is moved to another user's row does not open.
public final class CredentialVault {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey key;
  private final String keyId;
  private final Map<String, SecretKey> keys = new HashMap<>();
  private final SecureRandom random;

  /// Creates a vault with one key.
  ///
  /// @param key 32 bytes
  public CredentialVault(byte[] key, SecureRandom random) {
    this(key, List.of(), random);
  }

  /// Creates a vault that seals with one key and opens with others too.
  ///
  /// @param key 32 bytes
  /// @param older keys of 32 bytes that were sealed with before
  public CredentialVault(byte[] key, List<byte[]> older, SecureRandom random) {
    this.key = secret(key);
    this.keyId = fingerprint(key);
    this.random = random;
    older.forEach(each -> keys.put(fingerprint(each), secret(each)));
    keys.put(keyId, this.key);
  }

  private static SecretKey secret(byte[] key) {
    if (key.length != 32) {
      throw new IllegalArgumentException("the credentials key must have 32 bytes");
    }
    return new SecretKeySpec(key, "AES");
  }

  /// Names the key that is sealed with, without telling it.
  public String keyId() {
    return keyId;
  }

  /// Seals a text for its owner.
  public byte[] seal(String owner, String text) {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    var sealed = run(Cipher.ENCRYPT_MODE, key, nonce, owner, text.getBytes(StandardCharsets.UTF_8));
    var result = Arrays.copyOf(nonce, nonce.length + sealed.length);
    System.arraycopy(sealed, 0, result, nonce.length, sealed.length);
    return result;
  }

  /// Opens what was sealed for `owner` with the present key.
  ///
  /// @throws IllegalStateException when it was sealed for another owner or with another key
  public String open(String owner, byte[] sealed) {
    return open(owner, keyId, sealed);
  }

  /// Opens what was sealed for `owner` with the key named `sealedWith`.
  ///
  /// @throws IllegalStateException when it was sealed for another owner, or the key is not here
  public String open(String owner, String sealedWith, byte[] sealed) {
    var opener = keys.get(sealedWith);
    if (opener == null) {
      throw new IllegalStateException("the key " + sealedWith + " that sealed this is not here");
    }
    if (sealed.length < NONCE_BYTES) {
      throw new IllegalStateException("not a sealed value");
    }
    var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
    var content = Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length);
    var text = run(Cipher.DECRYPT_MODE, opener, nonce, owner, content);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static byte[] run(int mode, SecretKey key, byte[] nonce, String owner, byte[] input) {
    try {
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the credentials do not open with this key", e);
    }
  }

  private static String fingerprint(byte[] key) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      sha.update("portfolio-stream key id".getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha.digest(key), 0, 4);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
