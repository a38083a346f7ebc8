package io.portfoliostream.server.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The folder for whatever outlives the process, held by one server at a time.
public final class DataFolder implements AutoCloseable {
  private static final int KEY_BYTES = 32;

  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /// Takes the folder, creating it where it is missing.
  ///
  /// @throws DatabaseStartFailed when another server holds it, or it cannot be written
  public static DataFolder take(Path path) {
    try {
      Files.createDirectories(path);
      var channel =
          FileChannel.open(
              path.resolve("server.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new DatabaseStartFailed(
            "folder " + path + " is in use by another server (DATA_DIR)", null);
      }
      return new DataFolder(path, channel);
    } catch (IOException e) {
      throw new DatabaseStartFailed("folder " + path + " cannot be used (DATA_DIR)", e);
    }
  }

  /// The folder of the embedded PostgreSQL in a data folder.
  public static Path postgres(Path dataDir) {
    return dataDir.resolve("pg");
  }

  /// The key that credentials are sealed with when none is configured: made at the first start,
  /// readable by its owner only.
  public byte[] credentialsKey(RandomGenerator random) {
    var file = path.resolve("credentials.key");
    try {
      if (Files.exists(file)) {
        return Base64.getDecoder().decode(Files.readString(file).strip());
      }
      var key = new byte[KEY_BYTES];
      random.nextBytes(key);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, Base64.getEncoder().encodeToString(key) + "\n");
      return key;
    } catch (IOException e) {
      throw new DatabaseStartFailed("cannot read or make " + file, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new DatabaseStartFailed("cannot let go of " + path, e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    }
  }
}
