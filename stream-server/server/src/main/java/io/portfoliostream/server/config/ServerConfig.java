package io.portfoliostream.server.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/// Everything that can be set, checked.
///
/// @param nodeName tells this server from others in logs, in `welcome` and in metrics
/// @param dataDir the folder for whatever outlives the process
public record ServerConfig(
    String nodeName,
    Path dataDir,
    NetworkConfig network,
    DatabaseConfig database,
    BrokerConfig broker,
    AccessConfig access,
    StreamConfig stream,
    OperationsConfig operations) {
  /// Refuses a tree with a branch missing.
  public ServerConfig {
    requireNonNull(nodeName, "nodeName");
    requireNonNull(dataDir, "dataDir");
    requireNonNull(network, "network");
    requireNonNull(database, "database");
    requireNonNull(broker, "broker");
    requireNonNull(access, "access");
    requireNonNull(stream, "stream");
    requireNonNull(operations, "operations");
  }

  /// Reads the environment of this process.
  ///
  /// @throws BadSetting when a setting cannot be used
  public static ServerConfig fromEnvironment() {
    return parse(System.getenv());
  }

  /// Reads settings by their names; unknown names are ignored.
  ///
  /// @throws BadSetting when a setting cannot be used
  public static ServerConfig parse(Map<String, String> settings) {
    var read = new Settings(Map.copyOf(settings));
    var broker = BrokerConfig.parse(read);
    return new ServerConfig(
        nodeName(read),
        dataDir(read),
        NetworkConfig.parse(read),
        DatabaseConfig.parse(read),
        broker,
        AccessConfig.parse(read, broker.environment()),
        StreamConfig.parse(read),
        OperationsConfig.parse(read));
  }

  private static String nodeName(Settings read) {
    var name = read.text("NODE_NAME").orElse("node-1");
    if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new BadSetting(
          "NODE_NAME", "must have 1 to 64 letters, digits, dots or dashes, not " + name.length());
    }
    return name;
  }

  private static Path dataDir(Settings read) {
    var text = read.text("DATA_DIR").orElse("./data");
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new BadSetting("DATA_DIR", "is not a folder's name: " + Settings.quoted(text));
    }
  }
}
