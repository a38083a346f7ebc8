package io.portfoliostream.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,      127.0.0.1,       true",
    "127.0.0.1,      127.0.0.2,       false",
    "10.1.0.0/16,    10.1.255.3,      true",
    "10.1.0.0/16,    10.2.0.0,        false",
    "10.1.128.0/17,  10.1.128.1,      true",
    "10.1.128.0/17,  10.1.127.255,    false",
    "0.0.0.0/0,      203.0.113.9,     true",
    "0.0.0.0/0,      ::1,             false",
    "::1,            ::1,             true",
    "2001:db8::/32,  2001:db8:1::7,   true",
    "2001:db8::/32,  2001:db9::1,     false"
  })
  void aRangeContainsTheAddressesThatShareItsBits(String range, String address, boolean inside) {
    assertThat(AddressRange.parse(range))
        .hasValueSatisfying(
            block -> assertThat(block.contains(InetAddress.ofLiteral(address))).isEqualTo(inside));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "::/129"})
  void whatIsNoRangeIsRefused(String text) {
    assertThat(AddressRange.parse(text)).isEmpty();
  }
}
