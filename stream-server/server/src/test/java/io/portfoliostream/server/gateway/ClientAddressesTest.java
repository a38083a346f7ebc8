package io.portfoliostream.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.server.config.AddressRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressesTest {
  private final ClientAddresses addresses =
      new ClientAddresses(
          Stream.of("127.0.0.1", "10.0.0.0/8", "::1")
              .map(AddressRange::parse)
              .flatMap(Optional::stream)
              .collect(Collectors.toUnmodifiableSet()));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          203.0.113.7 |                                       | 203.0.113.7
          203.0.113.7 | 198.51.100.1                          | 203.0.113.7
          127.0.0.1   |                                       | 127.0.0.1
          127.0.0.1   | 198.51.100.1                          | 198.51.100.1
          127.0.0.1   | 198.51.100.1, 10.1.2.3                | 198.51.100.1
          127.0.0.1   | 1.1.1.1, 198.51.100.1                 | 198.51.100.1
          127.0.0.1   | 1.1.1.1, 198.51.100.1, 10.1.2.3       | 198.51.100.1
          127.0.0.1   | 10.9.9.9                              | 10.9.9.9
          127.0.0.1   | 198.51.100.1:4711                     | 198.51.100.1
          127.0.0.1   | [2001:db8::5]:4711                    | 2001:db8:0:0:0:0:0:5
          127.0.0.1   | 2001:db8::5                           | 2001:db8:0:0:0:0:0:5
          127.0.0.1   | unknown                               | 127.0.0.1
          127.0.0.1   | 198.51.100.1, evil.example.com        | 127.0.0.1
          127.0.0.1   | 198.51.100.1, [                       | 127.0.0.1
          ::1         | 198.51.100.1                          | 198.51.100.1
          """)
  void onlyProxiesThatWeTrustAreBelieved(String peer, String forwardedFor, String client) {
    var headers = forwardedFor == null ? List.<String>of() : List.of(forwardedFor);
    var socket = new InetSocketAddress(InetAddress.ofLiteral(peer), 4711);

    assertThat(addresses.of(socket, headers)).isEqualTo(client);
  }

  @Test
  void severalHeadersAreOneList() {
    var socket = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 4711);

    assertThat(addresses.of(socket, Arrays.asList("1.1.1.1", "198.51.100.1", "10.1.1.1")))
        .isEqualTo("198.51.100.1");
  }

  @Test
  void aPeerWithoutAnAddressIsUnknown() {
    assertThat(addresses.of(InetSocketAddress.createUnresolved("nowhere", 1), List.of()))
        .isEqualTo("unknown");
  }
}
