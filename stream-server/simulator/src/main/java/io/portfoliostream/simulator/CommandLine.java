package io.portfoliostream.simulator;

import io.portfoliostream.simulator.broker.FillPolicy;
import io.portfoliostream.simulator.edge.FrameKind;
import io.portfoliostream.simulator.market.MarketHours;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the command line asks for.
///
/// @param parent process with which this one ends, or null
/// @param readyFile where to write the addresses when listening, or null
/// @param faults script of what is to go wrong, or null
/// @param help whether only the options are to be explained
record CommandLine(
    SimulatorOptions options,
    @Nullable Long parent,
    @Nullable Path readyFile,
    @Nullable Path faults,
    boolean help) {
  static final String HELP =
      """
      Options of the broker simulator:
        --port N                  port for REST and streams, 0 for any free one (default 0)
        --host HOST               interface to listen on (default 127.0.0.1)
        --data-dir DIR            keep the state in this folder (default: in memory only)
        --fresh                   forget what the folder keeps and begin anew
        --seed N                  where chance begins (default 1)
        --speed X                 seconds of price movement per second (default 1)
        --ticks-per-second N      trades of all symbols together (default 40; 0: prices stand still)
        --symbols N               listed symbols; beyond 30 synthetic ones (default 30)
        --accounts N              load accounts beside demo, demo2 and admin (default 0)
        --positions-per-account M what each load account holds (default 20)
        --fill-delay MIN-MAX      milliseconds from new to the first execution (default 150-400)
        --split-share X           share of orders that fill in parts (default 0.1)
        --connections N           connections per account and stream, 0 for any number (default 1)
        --requests-per-minute N   REST requests of an account, 0 for any number (default 200)
        --hours HOURS             when stocks trade: always or new-york (default always)
        --frames KIND             frames of the trading stream: binary or text (default binary)
        --faults FILE             let go wrong what the lines of this script say (see README)
        --parent-pid PID          end when this process does
        --ready-file FILE         write {rest, stream, data} there when listening
        --help                    explain the options
      """;

  /// Reads the arguments.
  ///
  /// @throws IllegalArgumentException with a line that names the bad option
  static CommandLine parse(List<String> arguments) {
    var rest = new ArrayDeque<>(arguments);
    var line = new CommandLine(SimulatorOptions.defaults(), null, null, null, false);
    while (!rest.isEmpty()) {
      line = line.with(rest.pop(), rest);
    }
    return line;
  }

  private CommandLine with(String option, Deque<String> rest) {
    return switch (option) {
      case "--help" -> new CommandLine(options, parent, readyFile, faults, true);
      case "--fresh" -> with(options.withFresh(true));
      case "--parent-pid" ->
          new CommandLine(options, integer(option, value(option, rest)), readyFile, faults, help);
      case "--ready-file" -> new CommandLine(options, parent, path(option, rest), faults, help);
      case "--faults" -> new CommandLine(options, parent, readyFile, path(option, rest), help);
      case "--host" -> with(options.withHost(value(option, rest)));
      case "--data-dir" -> with(options.withDataDir(path(option, rest)));
      case "--frames" -> with(options.withTradingFrames(frames(option, value(option, rest))));
      case "--hours" -> with(options.withHours(hours(option, value(option, rest))));
      case "--speed" -> with(options.withSpeed(real(option, value(option, rest))));
      case "--split-share" -> with(splitShare(option, value(option, rest)));
      case "--fill-delay" -> with(fillDelay(option, value(option, rest)));
      case "--seed" -> with(options.withSeed(integer(option, value(option, rest))));
      default -> withNumber(option, rest);
    };
  }

  private CommandLine withNumber(String option, Deque<String> rest) {
    return switch (option) {
      case "--port" -> with(options.withPort(number(option, rest)));
      case "--ticks-per-second" -> with(options.withTicksPerSecond(number(option, rest)));
      case "--symbols" -> with(options.withSymbols(number(option, rest)));
      case "--accounts" -> with(options.withLoadAccounts(number(option, rest)));
      case "--positions-per-account" -> with(options.withPositionsPerAccount(number(option, rest)));
      case "--requests-per-minute" -> with(options.withRequestsPerMinute(number(option, rest)));
      case "--connections" -> with(options.withConnectionsPerAccount(number(option, rest)));
      default -> throw new IllegalArgumentException("unknown option " + option + "; see --help");
    };
  }

  private CommandLine with(SimulatorOptions changed) {
    return new CommandLine(changed, parent, readyFile, faults, help);
  }

  private SimulatorOptions splitShare(String option, String value) {
    double share = real(option, value);
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(option + " must be 0 to 1: " + value);
    }
    var fills = options.fills();
    return options.withFills(
        new FillPolicy(fills.routeDelay(), fills.shortestFill(), fills.longestFill(), share));
  }

  private SimulatorOptions fillDelay(String option, String value) {
    String[] bounds = value.split("-", -1);
    if (bounds.length != 2) {
      throw new IllegalArgumentException(option + " must be like 150-400: " + value);
    }
    var shortest = Duration.ofMillis(integer(option, bounds[0]));
    var longest = Duration.ofMillis(integer(option, bounds[1]));
    if (shortest.compareTo(longest) > 0 || longest.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(option + " must be like 150-400: " + value);
    }
    var fills = options.fills();
    return options.withFills(
        new FillPolicy(fills.routeDelay(), shortest, longest, fills.splitShare()));
  }

  private static FrameKind frames(String option, String value) {
    try {
      return FrameKind.parse(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + " " + e.getMessage(), e);
    }
  }

  private static MarketHours hours(String option, String value) {
    return Arrays.stream(MarketHours.values())
        .filter(hours -> hours.word().equals(value))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(option + " must be always or new-york: " + value));
  }

  private static Path path(String option, Deque<String> rest) {
    var value = value(option, rest);
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(option + " is not a path: " + value, e);
    }
  }

  private static int number(String option, Deque<String> rest) {
    var value = value(option, rest);
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + " is not a number: " + value, e);
    }
  }

  private static long integer(String option, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + " is not a number: " + value, e);
    }
  }

  private static double real(String option, String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + " is not a number: " + value, e);
    }
  }

  private static String value(String option, Deque<String> rest) {
    var value = rest.poll();
    if (value == null) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return value;
  }
}
