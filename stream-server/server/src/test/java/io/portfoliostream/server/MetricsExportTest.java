package io.portfoliostream.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.client.ClientSettings;
import io.portfoliostream.client.ConnectionState;
import io.portfoliostream.client.PortfolioClient;
import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.server.alerts.AlertRule;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the running server exports is what the documentation lists and what the rules for
/// Prometheus look at.
class MetricsExportTest {
  private static final Path REPOSITORY = Path.of("..", "..");
  private static final Path RULES =
      REPOSITORY.resolve("config/prometheus/portfolio-stream.rules.yml");
  private static final Path DOCUMENT = REPOSITORY.resolve("docs/monitoring.md");

  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) \\S+$");
  private static final Pattern NAME =
      Pattern.compile("\\b(?:stream|portfolio|jvm|http|process)_[a-z0-9_]+");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `((?:stream|portfolio)_[a-z_]+)`");
  private static final Pattern ALERT =
      Pattern.compile("(?s)- alert: (\\w+)\\n.*?severity: (\\w+)\\n");

  @TempDir static Path folder;
  private static Set<String> exported = Set.of();

  @BeforeAll
  static void letSomethingHappen() throws IOException {
    try (var stack = new RunningServer(folder, 1, Map.of("DRAIN_NOTICE_MS", "0"))) {
      var cookie = stack.signIn("load0001");
      try (var client =
          PortfolioClient.create(ClientSettings.of(stack.address()), cookie, stack.runtime)) {
        client.start();
        RunningServer.await("live", () -> client.connection() instanceof ConnectionState.Live);
        stack.api().submit(cookie, OrderRequest.market("AAPL", "buy", BigDecimal.ONE), "k1");
        RunningServer.await(
            "an order arrives",
            () -> client.portfolio().orders().stream().anyMatch(each -> each.filledAt() != null));
        exported = names(TYPE, stack.metrics(), 1);
      }
    }
  }

  @AfterAll
  static void forget() {
    exported = Set.of();
  }

  @Test
  void everyMeterThatTheRulesLookAtIsExported() throws IOException {
    var used =
        names(NAME, Files.readString(RULES), 0).stream()
            .map(name -> name.replaceFirst("_(bucket|count|sum)$", ""))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(used).hasSizeGreaterThan(15);
    assertThat(exported).containsAll(used);
  }

  @Test
  void everyMeterOfOursIsDocumentedAndNoOther() throws IOException {
    var ours =
        exported.stream()
            .filter(name -> name.startsWith("stream_") || name.startsWith("portfolio_"))
            .filter(name -> !name.endsWith("_max"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(names(ROW, Files.readString(DOCUMENT), 1)).isEqualTo(ours);
  }

  @Test
  void prometheusHasTheRulesThatTheServerHas() throws IOException {
    var severities = new TreeMap<String, String>();
    var found = ALERT.matcher(Files.readString(RULES));
    while (found.find()) {
      severities.put(requireNonNull(found.group(1)), requireNonNull(found.group(2)));
    }

    assertThat(severities)
        .isEqualTo(
            Arrays.stream(AlertRule.values())
                .collect(Collectors.toMap(AlertRule::word, rule -> rule.severity().word())));
  }

  private static Set<String> names(Pattern pattern, String text, int group) {
    var names = new TreeSet<String>();
    var found = pattern.matcher(text);
    while (found.find()) {
      names.add(requireNonNull(found.group(group)));
    }
    return names;
  }
}
