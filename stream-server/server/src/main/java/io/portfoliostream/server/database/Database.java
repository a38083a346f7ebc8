package io.portfoliostream.server.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.portfoliostream.server.database.DatabaseSettings.Embedded;
import io.portfoliostream.server.database.DatabaseSettings.External;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/// A migrated PostgreSQL behind a pool. Closing it closes the pool and, where we started it, the
/// PostgreSQL too.
public final class Database implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  /// How connections behave. What the server tells of a row that it refuses is dropped: the row may
  /// have the hash of a password.
  public static final Map<String, String> CONNECTION =
      Map.of("reWriteBatchedInserts", "true", "logServerErrorDetail", "false");

  /// More of them at once would take processors from requests, and finish nothing sooner.
  private static final int BACKGROUND_POOL =
      Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 8);

  /// So many requests at the database at once are more than its usual traffic.
  private static final int PRESSED = 2;

  /// Long enough for a backlog to pass: giving up would only make more work.
  private static final Duration BACKGROUND_PATIENCE = Duration.ofSeconds(20);

  private final HikariDataSource pool;
  private final HikariDataSource background;
  private final DataSource givingWay;
  private final @Nullable EmbeddedPostgres own;
  private final String url;

  private Database(
      HikariDataSource pool,
      HikariDataSource background,
      @Nullable EmbeddedPostgres own,
      String url) {
    this.pool = pool;
    this.background = background;
    this.givingWay =
        new GivingWay(
            background,
            () -> pool.getHikariPoolMXBean().getActiveConnections() >= PRESSED,
            System::nanoTime,
            length -> LockSupport.parkNanos(length.toNanos()));
    this.own = own;
    this.url = url;
  }

  /// Starts or reaches the PostgreSQL, and migrates it.
  ///
  /// @throws DatabaseStartFailed naming what is wrong: a taken port, a folder that cannot be
  ///   written, a server that cannot be reached
  public static Database open(DatabaseSettings settings) {
    return switch (settings) {
      case External external -> openExternal(external);
      case Embedded embedded -> openEmbedded(embedded);
    };
  }

  /// Connections for what somebody waits for.
  public DataSource dataSource() {
    return pool;
  }

  /// Few connections, for work that can wait: whatever there is of it, it takes its turn, and gives
  /// way while requests press.
  public DataSource background() {
    return givingWay;
  }

  /// The JDBC URL without credentials, to show where the data are.
  public String url() {
    return url;
  }

  @Override
  public void close() {
    pool.close();
    background.close();
    if (own != null) {
      try {
        own.close();
      } catch (IOException e) {
        throw new DatabaseStartFailed("the embedded PostgreSQL did not stop cleanly", e);
      }
    }
  }

  private static Database openExternal(External settings) {
    var config = new HikariConfig();
    config.setJdbcUrl(settings.url());
    if (settings.user() != null) {
      config.setUsername(settings.user());
    }
    if (settings.password() != null) {
      config.setPassword(settings.password());
    }
    try {
      return migrated(config, settings.poolSize(), null, settings.url().replaceAll("\\?.*", ""));
    } catch (RuntimeException e) {
      throw new DatabaseStartFailed("cannot use the database at DATABASE_URL: " + root(e), e);
    }
  }

  private static Database openEmbedded(Embedded settings) {
    EmbeddedPostgres postgres = null;
    try {
      Files.createDirectories(settings.directory());
      if (!isOurs(settings)) {
        refuseTakenPort(settings.port());
      }
      postgres = start(settings);
      var config = new HikariConfig();
      config.setDataSource(postgres.getPostgresDatabase(CONNECTION));
      var url = "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
      return migrated(config, settings.poolSize(), postgres, url);
    } catch (IOException e) {
      throw new DatabaseStartFailed("the embedded PostgreSQL did not start: " + root(e), e);
    } catch (RuntimeException e) {
      closeQuietly(postgres);
      throw e;
    }
  }

  private static EmbeddedPostgres start(Embedded settings) throws IOException {
    var binaries = settings.directory().resolveSibling("pg-binaries");
    Files.createDirectories(binaries);
    return EmbeddedPostgres.builder()
        .setDataDirectory(settings.directory())
        .setOverrideWorkingDirectory(binaries.toFile())
        .setCleanDataDirectory(false)
        .setPort(settings.port())
        .setPGStartupWait(START_TIMEOUT)
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("max_connections", "100")
        .start();
  }

  /// Whether a PostgreSQL that an earlier run left behind still serves our folder: it is taken
  /// over.
  private static boolean isOurs(Embedded settings) {
    var pid = settings.directory().resolve("postmaster.pid");
    try {
      return Files.exists(pid)
          && ProcessHandle.of(Long.parseLong(firstLine(pid)))
              .filter(ProcessHandle::isAlive)
              .isPresent();
    } catch (IOException | NumberFormatException _) {
      return false;
    }
  }

  private static String firstLine(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines.findFirst().orElse("").trim();
    }
  }

  private static void refuseTakenPort(int port) {
    try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      probe.setReuseAddress(true);
    } catch (BindException e) {
      throw new DatabaseStartFailed("port " + port + " is taken (DATABASE_PORT)", e);
    } catch (IOException e) {
      throw new DatabaseStartFailed("port " + port + " cannot be used (DATABASE_PORT)", e);
    }
  }

  private static Database migrated(
      HikariConfig config, int poolSize, @Nullable EmbeddedPostgres own, String url) {
    config.setMaximumPoolSize(poolSize);
    config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
    config.setPoolName("portfolio");
    CONNECTION.forEach(config::addDataSourceProperty);
    var pool = new HikariDataSource(config);
    try {
      migrate(pool);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
    return new Database(pool, background(config), own, url);
  }

  private static HikariDataSource background(HikariConfig like) {
    var config = new HikariConfig();
    like.copyStateTo(config);
    config.setPoolName("portfolio-background");
    config.setMaximumPoolSize(BACKGROUND_POOL);
    config.setConnectionTimeout(BACKGROUND_PATIENCE.toMillis());
    return new HikariDataSource(config);
  }

  /// Brings the schema up to date.
  public static void migrate(DataSource dataSource) {
    try {
      Flyway.configure()
          .dataSource(dataSource)
          .locations("classpath:db/migration")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new DatabaseStartFailed("the database cannot be brought up to date: " + root(e), e);
    }
  }

  private static void closeQuietly(@Nullable EmbeddedPostgres postgres) {
    if (postgres != null) {
      try {
        postgres.close();
      } catch (IOException e) {
        System.getLogger(Database.class.getName())
            .log(System.Logger.Level.WARNING, "the embedded PostgreSQL did not stop", e);
      }
    }
  }

  private static String root(Throwable e) {
    var cause = e;
    while (cause.getCause() != null && !(cause instanceof SQLException)) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }
}
