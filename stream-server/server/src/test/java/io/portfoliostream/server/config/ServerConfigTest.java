package io.portfoliostream.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.server.config.BrokerConfig.Environment;
import io.portfoliostream.server.config.BrokerConfig.Feed;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerConfigTest {

  @Test
  void withoutSettingsTheDefaultsHold() {
    var config = ServerConfig.parse(Map.of());

    assertThat(config.nodeName()).isEqualTo("node-1");
    assertThat(config.dataDir()).isAbsolute().hasFileName("data");
    assertThat(config.network().host()).isEqualTo("127.0.0.1");
    assertThat(config.network().port()).isEqualTo(8080);
    assertThat(config.network().managementPort()).isEqualTo(8082);
    assertThat(config.network().publicOrigins())
        .containsExactlyInAnyOrder(
            new Origin("http://localhost:8081"), new Origin("http://127.0.0.1:8081"));
    assertThat(config.network().readOrigins()).isEmpty();
    assertThat(config.network().writeOrigins()).isEmpty();
    assertThat(config.database()).isEqualTo(new DatabaseConfig.Embedded(8084));
    assertThat(config.broker().environment()).isEqualTo(Environment.SIMULATOR);
    assertThat(config.broker().feed()).isEqualTo(Feed.IEX);
    assertThat(config.broker().key()).isNull();
    assertThat(config.access())
        .isEqualTo(
            new AccessConfig(
                false, 0, null, Duration.ofHours(2), Duration.ofHours(12), null, List.of()));
    assertThat(config.stream())
        .isEqualTo(
            new StreamConfig(
                true,
                5,
                Duration.ofSeconds(1),
                Duration.ofMillis(400),
                Duration.ofSeconds(15),
                Duration.ofSeconds(30)));
  }

  @Test
  void thePublicOriginsFollowThePortOfTheUi() {
    var config = ServerConfig.parse(Map.of("UI_PORT", "9001"));

    assertThat(config.network().publicOrigins()).contains(new Origin("http://localhost:9001"));
  }

  @Test
  void anExternalDatabaseIsUsedWhenItsUrlIsSet() {
    var config =
        ServerConfig.parse(
            Map.of(
                "DATABASE_URL", "jdbc:postgresql://db/portfolio",
                "DATABASE_USER", "stream",
                "DATABASE_PASSWORD", "hunter2"));

    assertThat(config.database())
        .isEqualTo(
            new DatabaseConfig.External(
                "jdbc:postgresql://db/portfolio", "stream", new Secret("hunter2")));
  }

  @Test
  void secretsAreNeverPrinted() {
    var key = Base64.getEncoder().encodeToString(new byte[32]);
    var settings =
        Map.of(
            "BOOTSTRAP_USERNAME", "ada",
            "BOOTSTRAP_PASSWORD", "hunter2",
            "ALPACA_KEY_ID", "PK1",
            "ALPACA_SECRET_KEY", "hunter3",
            "CREDENTIALS_KEY", key,
            "DATABASE_URL", "jdbc:postgresql://db/portfolio",
            "DATABASE_PASSWORD", "hunter4");

    assertThat(ServerConfig.parse(settings).toString())
        .contains("ada", "PK1")
        .doesNotContain("hunter", key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          STREAM_PORT            | http
          STREAM_PORT            | 65536
          STREAM_PORT            | -1
          MANAGEMENT_PORT        | 8080
          DATABASE_PORT          | 1e4
          DATABASE_URL           | jdbc:mysql://db/x
          BROKER                 | nyse
          BROKER                 | live
          ALPACA_FEED            | otc
          MARKET_DATA_SYMBOL_LIMIT | 0
          ALPACA_SECRET_KEY      | lonely
          SIMULATOR_URL          | localhost:8083
          SIMULATOR_URL          | ftp://localhost
          DEMO                   | yes
          LOAD_USERS             | 1
          BOOTSTRAP_PASSWORD     | lonely
          PUBLIC_ORIGINS         | https://example.com/path
          READ_ORIGINS           | *
          WRITE_ORIGINS          | https://a.example.com,null
          TRUSTED_PROXIES        | proxy.example.com
          TRUSTED_PROXIES        | 10.0.0.0/33
          NODE_NAME              | a b
          SESSION_HOURS          | 0
          SESSION_IDLE_MINUTES   | 0
          CREDENTIALS_KEY        | c2hvcnQ=
          CREDENTIALS_KEY        | not base64!
          WINDOW_MS              | 9
          MAX_WAIT_MS            | 0
          HEARTBEAT_TIMEOUT_MS   | 15000
          MAX_CONNECTIONS_PER_USER | 0
          ENABLE_REALTIME_PORTFOLIO | maybe
          """)
  void aBadSettingIsRefusedByName(String key, String value) {
    var related = key.startsWith("ALPACA_SECRET") ? "ALPACA_KEY_ID" : key;
    var named = key.equals("BOOTSTRAP_PASSWORD") ? "BOOTSTRAP_USERNAME" : related;
    var expected = value.equals("live") ? "ALPACA_KEY_ID" : named;

    assertThatThrownBy(() -> ServerConfig.parse(Map.of(key, value)))
        .isInstanceOf(BadSetting.class)
        .hasMessageStartingWith(expected + " ");
  }

  @Test
  void aBadSecretIsNotRepeatedInTheRefusal() {
    assertThatThrownBy(() -> ServerConfig.parse(Map.of("CREDENTIALS_KEY", "hunter2")))
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> ServerConfig.parse(Map.of("DATABASE_URL", "postgres://me:hunter2@db")))
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void demoUsersAreRefusedWhereThereIsRealMoney() {
    var settings = new HashMap<String, String>();
    settings.put("BROKER", "live");
    settings.put("ALPACA_KEY_ID", "AK1");
    settings.put("ALPACA_SECRET_KEY", "secret");
    settings.put("DEMO", "true");

    assertThatThrownBy(() -> ServerConfig.parse(settings)).hasMessageStartingWith("DEMO ");
  }

  @Test
  void aBlankSettingCountsAsAbsent() {
    var config = ServerConfig.parse(Map.of("STREAM_PORT", " ", "DATABASE_URL", ""));

    assertThat(config.network().port()).isEqualTo(8080);
    assertThat(config.database()).isInstanceOf(DatabaseConfig.Embedded.class);
  }

  @ParameterizedTest
  @CsvSource({
    "simulator, iex, '',  2147483647",
    "paper,     iex, '',  30",
    "live,      sip, '',  2147483647",
    "paper,     sip, 500, 500",
    "simulator, iex, 3,   3"
  })
  void theSymbolLimitIsThatOfThePlanUnlessSet(
      String broker, String feed, String limit, int expected) {
    var config =
        ServerConfig.parse(
            Map.of(
                "BROKER", broker,
                "ALPACA_FEED", feed,
                "ALPACA_KEY_ID", "PKTEST",
                "ALPACA_SECRET_KEY", "chocolate",
                "MARKET_DATA_SYMBOL_LIMIT", limit));

    assertThat(config.broker().symbolLimit()).isEqualTo(expected);
  }
}
