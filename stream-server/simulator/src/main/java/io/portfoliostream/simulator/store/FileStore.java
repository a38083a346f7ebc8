package io.portfoliostream.simulator.store;

import com.fasterxml.jackson.core.JsonGenerator;
import io.portfoliostream.simulator.broker.Delta;
import io.portfoliostream.simulator.broker.ExchangeState;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A store in a folder: a snapshot, and journals of what changed after it.
///
/// The snapshot is replaced by a rename, so that there is always a whole one. A journal is deleted
/// only after a snapshot that contains it is on the disk. Changes that the snapshot contains
/// already are told by their number. A lock file keeps a second process out.
public final class FileStore implements Store {
  private static final String SNAPSHOT = "snapshot.json";
  private static final String JOURNAL_PREFIX = "journal-";
  private static final long LEAST_JOURNAL = 16L << 20;

  private final Path folder;
  private final Executor background;
  private final FileChannel lockChannel;
  private final FileLock lock;
  private final long leastJournal;
  private CompletableFuture<?> snapshotting = CompletableFuture.completedFuture(true);
  private volatile long snapshotSize;
  private @Nullable Journal journal;
  private int journalNumber;

  private FileStore(
      Path folder, Executor background, long leastJournal, FileChannel channel, FileLock lock) {
    this.folder = folder;
    this.background = background;
    this.leastJournal = leastJournal;
    this.lockChannel = channel;
    this.lock = lock;
  }

  /// Opens a folder, which is created when needed.
  ///
  /// @param background writes snapshots while changes go on
  /// @throws IOException also when another process uses the folder
  public static FileStore open(Path folder, Executor background) throws IOException {
    return open(folder, background, LEAST_JOURNAL);
  }

  static FileStore open(Path folder, Executor background, long leastJournal) throws IOException {
    Files.createDirectories(folder);
    var channel =
        FileChannel.open(
            folder.resolve("simulator.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      var lock = channel.tryLock();
      if (lock != null) {
        return new FileStore(folder, background, leastJournal, channel, lock);
      }
    } catch (OverlappingFileLockException _) {
      // The same process holds it: told like any other holder below.
    }
    channel.close();
    throw new IOException("another simulator uses the data folder " + folder);
  }

  /// Deletes what is kept.
  public void forget() throws IOException {
    Files.deleteIfExists(folder.resolve(SNAPSHOT));
    for (var file : journals()) {
      Files.delete(file);
    }
  }

  @Override
  public Optional<Saved> load() throws IOException {
    var snapshot = folder.resolve(SNAPSHOT);
    if (!Files.exists(snapshot)) {
      return Optional.empty();
    }
    var state = StoreFormat.mapper().readValue(snapshot.toFile(), ExchangeState.class);
    var later = new ArrayList<Delta>();
    long serial = state.serial();
    for (var file : journals()) {
      for (var delta : Journal.read(file)) {
        if (delta.serial() > serial + 1) {
          throw new IOException(
              "change %d is missing before %s".formatted(serial + 1, file.getFileName()));
        }
        if (delta.serial() == serial + 1) {
          later.add(delta);
          serial++;
        }
      }
    }
    return Optional.of(new Saved(state, later));
  }

  @Override
  public void begin(ExchangeState state) throws IOException {
    var old = journals();
    write(state);
    for (var file : old) {
      Files.delete(file);
    }
    startJournal();
  }

  @Override
  public void append(List<Delta> deltas) throws IOException {
    open().append(deltas);
  }

  @Override
  public boolean wantsSnapshot() {
    return snapshotting.isDone() && open().size() > Math.max(leastJournal, snapshotSize * 4);
  }

  @Override
  public void snapshot(ExchangeState state) throws IOException {
    awaitSnapshot();
    var old = journals();
    open().close();
    startJournal();
    snapshotting =
        CompletableFuture.runAsync(
            () -> {
              try {
                write(state);
                for (var file : old) {
                  Files.delete(file);
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            background);
  }

  @Override
  public void close() throws IOException {
    try {
      awaitSnapshot();
    } finally {
      if (journal != null) {
        journal.close();
      }
      lock.release();
      lockChannel.close();
    }
  }

  private void awaitSnapshot() throws IOException {
    try {
      snapshotting.join();
    } catch (CompletionException e) {
      throw new IOException("a snapshot could not be written to " + folder, e.getCause());
    }
  }

  private Journal open() {
    if (journal == null) {
      throw new IllegalStateException("the store was not begun");
    }
    return journal;
  }

  private void startJournal() throws IOException {
    journalNumber++;
    while (Files.exists(journalFile())) {
      journalNumber++;
    }
    journal = Journal.create(journalFile());
    syncFolder();
  }

  private Path journalFile() {
    return folder.resolve("%s%08d.log".formatted(JOURNAL_PREFIX, journalNumber));
  }

  private List<Path> journals() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> isJournal(file)).sorted().toList();
    }
  }

  private static boolean isJournal(Path file) {
    return Objects.toString(file.getFileName(), "").startsWith(JOURNAL_PREFIX);
  }

  private void write(ExchangeState state) throws IOException {
    var temporary = folder.resolve(SNAPSHOT + ".tmp");
    try (var channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      var out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      StoreFormat.mapper()
          .writer()
          .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
          .writeValue(out, state);
      out.flush();
      channel.force(true);
      snapshotSize = channel.size();
    }
    Files.move(
        temporary,
        folder.resolve(SNAPSHOT),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    syncFolder();
  }

  private void syncFolder() throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
