package io.portfoliostream.simulator.store;

import io.portfoliostream.simulator.broker.Delta;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// A file of changes, one to a line, that only grows.
final class Journal implements AutoCloseable {
  private final FileChannel channel;
  private long size;

  private Journal(FileChannel channel) {
    this.channel = channel;
  }

  static Journal create(Path file) throws IOException {
    return new Journal(
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  /// The changes in a file. A last line that was not written to its end is cut off the file, as
  /// nobody was told of it.
  ///
  /// @throws IOException also for a bad line that is not the last, which no crash leaves behind
  static List<Delta> read(Path file) throws IOException {
    var deltas = new ArrayList<Delta>();
    long good = 0;
    try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      for (var line = readLine(in); line.bytes.length > 0 || line.complete; line = readLine(in)) {
        var delta = StoreFormat.parse(line.bytes, Delta.class);
        if (!line.complete || delta.isEmpty()) {
          if (in.read() >= 0) {
            throw new IOException("damaged line at byte " + good + " of " + file.getFileName());
          }
          break;
        }
        deltas.add(delta.get());
        good += line.bytes.length + 1;
      }
    }
    truncate(file, good);
    return deltas;
  }

  void append(List<Delta> deltas) throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (var delta : deltas) {
      bytes.writeBytes(StoreFormat.line(delta));
    }
    var buffer = ByteBuffer.wrap(bytes.toByteArray());
    while (buffer.hasRemaining()) {
      size += channel.write(buffer);
    }
    if (deltas.stream().anyMatch(Delta::mustLast)) {
      channel.force(false);
    }
  }

  long size() {
    return size;
  }

  @Override
  public void close() throws IOException {
    channel.force(false);
    channel.close();
  }

  private static final class Line {
    private final byte[] bytes;
    private final boolean complete;

    Line(byte[] bytes, boolean complete) {
      this.bytes = bytes;
      this.complete = complete;
    }
  }

  private static Line readLine(BufferedInputStream in) throws IOException {
    var bytes = new ByteArrayOutputStream(512);
    int next = in.read();
    while (next >= 0 && next != '\n') {
      bytes.write(next);
      next = in.read();
    }
    return new Line(bytes.toByteArray(), next == '\n');
  }

  private static void truncate(Path file, long length) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      if (channel.size() > length) {
        channel.truncate(length);
        channel.force(true);
      }
    }
  }
}
