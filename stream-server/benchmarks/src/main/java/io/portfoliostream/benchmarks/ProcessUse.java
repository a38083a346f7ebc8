package io.portfoliostream.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/// What a process has used: CPU time, its threads' all together, and resident memory in bytes.
record ProcessUse(Duration cpu, long resident) {
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final int MILLIS_PER_TICK = 10;
  private static final int KIB = 1024;

  /// Reads `/proc`.
  static ProcessUse of(long pid) throws IOException {
    var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    var ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    var status = RESIDENT.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
    var resident = status.find() ? Long.parseLong(requireNonNull(status.group(1))) * KIB : 0;
    return new ProcessUse(Duration.ofMillis(ticks * MILLIS_PER_TICK), resident);
  }
}
