package io.portfoliostream.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.simulator.edge.FrameKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

  @Test
  void withoutOptionsTheDefaultsHold() {
    assertThat(CommandLine.parse(List.of()).options()).isEqualTo(SimulatorOptions.defaults());
  }

  @Test
  void everyOptionIsUnderstood() {
    var line =
        CommandLine.parse(
            List.of(
                ("--port 8083 --host 127.0.0.2 --data-dir state --seed 9 --speed 2.5"
                        + " --ticks-per-second 1000 --symbols 200 --accounts 100"
                        + " --positions-per-account 25 --frames text --fresh --fill-delay 5-10"
                        + " --split-share 0.5 --connections 0 --parent-pid 77 --ready-file ready")
                    .split(" ")));
    var options = line.options();
    assertThat(options.port()).isEqualTo(8083);
    assertThat(options.host()).isEqualTo("127.0.0.2");
    assertThat(options.dataDir()).isEqualTo(Path.of("state"));
    assertThat(options.seed()).isEqualTo(9);
    assertThat(options.speed()).isEqualTo(2.5);
    assertThat(options.ticksPerSecond()).isEqualTo(1000);
    assertThat(options.symbols()).isEqualTo(200);
    assertThat(options.loadAccounts()).isEqualTo(100);
    assertThat(options.positionsPerAccount()).isEqualTo(25);
    assertThat(options.tradingFrames()).isEqualTo(FrameKind.TEXT);
    assertThat(options.fresh()).isTrue();
    assertThat(options.fills().shortestFill()).isEqualTo(Duration.ofMillis(5));
    assertThat(options.fills().longestFill()).isEqualTo(Duration.ofMillis(10));
    assertThat(options.fills().splitShare()).isEqualTo(0.5);
    assertThat(options.connectionsPerAccount()).isZero();
    assertThat(line.parent()).isEqualTo(77);
    assertThat(line.readyFile()).isEqualTo(Path.of("ready"));
  }

  @ParameterizedTest
  @CsvSource({
    "--port, 70000",
    "--port, http",
    "--port, -1",
    "--speed, fast",
    "--speed, -1",
    "--speed, NaN",
    "--ticks-per-second, 1000001",
    "--symbols, 0",
    "--accounts, 99999999",
    "--positions-per-account, 31",
    "--frames, morse",
    "--fill-delay, 400-150",
    "--fill-delay, 5",
    "--split-share, 2",
    "--connections, -1",
    "--seed, x",
    "--parent-pid, x"
  })
  void aBadValueIsNamedWithItsOption(String option, String value) {
    assertThatThrownBy(() -> CommandLine.parse(List.of(option, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(option)
        .hasMessageContaining(value)
        .hasMessageNotContaining("\n");
  }

  @Test
  void anUnknownOptionIsNamed() {
    assertThatThrownBy(() -> CommandLine.parse(List.of("--colour", "red")))
        .hasMessageContaining("--colour");
  }

  @Test
  void anOptionWithoutItsValueIsNamed() {
    assertThatThrownBy(() -> CommandLine.parse(List.of("--port")))
        .hasMessage("--port needs a value");
  }

  @Test
  void theHelpNamesEveryOption() {
    assertThat(CommandLine.HELP)
        .contains("--port", "--host", "--data-dir", "--fresh", "--seed", "--speed")
        .contains("--ticks-per-second", "--symbols", "--accounts", "--positions-per-account")
        .contains("--fill-delay", "--split-share", "--connections", "--frames")
        .contains("--faults", "--parent-pid", "--ready-file");
  }
}
