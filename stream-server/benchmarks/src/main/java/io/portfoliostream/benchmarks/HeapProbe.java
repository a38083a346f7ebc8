package io.portfoliostream.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// What a Java process holds: heap after a full collection, and resident memory. In bytes.
record HeapProbe(long heap, long resident) {
  private static final Pattern USED = Pattern.compile("used (\\d+)K");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final int KIB = 1024;

  static HeapProbe of(long pid) throws IOException, InterruptedException {
    jcmd(pid, "GC.run");
    jcmd(pid, "GC.run");
    var used = USED.matcher(jcmd(pid, "GC.heap_info"));
    if (!used.find()) {
      throw new IllegalStateException("the process does not tell its heap");
    }
    var status = RESIDENT.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
    var resident = status.find() ? Long.parseLong(requireNonNull(status.group(1))) * KIB : 0;
    return new HeapProbe(Long.parseLong(requireNonNull(used.group(1))) * KIB, resident);
  }

  private static String jcmd(long pid, String command) throws IOException, InterruptedException {
    var jcmd = Path.of(requireNonNull(System.getProperty("java.home")), "bin", "jcmd").toString();
    var process =
        new ProcessBuilder(jcmd, String.valueOf(pid), command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(output);
    }
    return output;
  }
}
