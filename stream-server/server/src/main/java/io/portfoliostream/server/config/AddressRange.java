package io.portfoliostream.server.config;

import java.net.InetAddress;
import java.util.Optional;

/// A block of Internet addresses that share their first bits.
///
/// @param network any address of the block
/// @param bits how many leading bits the addresses of the block share
public record AddressRange(InetAddress network, int bits) {
  /// Refuses more bits than an address has.
  public AddressRange {
    var most = network.getAddress().length * Byte.SIZE;
    if (bits < 0 || bits > most) {
      throw new IllegalArgumentException("an address has 0 to " + most + " bits, not " + bits);
    }
  }

  /// Reads a single address or `address/bits`; empty when `text` is neither. Never asks a name
  /// server.
  public static Optional<AddressRange> parse(String text) {
    var slash = text.indexOf('/');
    try {
      var network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
      var most = network.getAddress().length * Byte.SIZE;
      return Optional.of(
          new AddressRange(
              network, slash < 0 ? most : Integer.parseInt(text.substring(slash + 1))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Whether `address` is of this block.
  public boolean contains(InetAddress address) {
    var mine = network.getAddress();
    var other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (var bit = 0; bit < bits; bit++) {
      var mask = 0x80 >> bit % Byte.SIZE;
      if (((mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
