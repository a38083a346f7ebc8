package io.portfoliostream.client;

import static io.portfoliostream.client.Samples.EPOCH;
import static io.portfoliostream.client.Samples.message;
import static io.portfoliostream.client.Samples.position;
import static io.portfoliostream.client.Samples.replay;
import static io.portfoliostream.client.Samples.snapshot;
import static io.portfoliostream.client.Samples.snapshotOf;
import static io.portfoliostream.client.Samples.welcome;

import io.portfoliostream.protocol.ServerMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A driver on manual time against a scripted server.
final class DriverFixture {
  final ManualTime time = new ManualTime();
  final ScriptedBackend server = new ScriptedBackend(time);
  final Driver driver =
      new Driver(MachineFixture.SETTINGS, server, time, time, new SplittableRandom(7), time);
  final List<ConnectionState> states = new ArrayList<>();
  final List<Changes> changes = new ArrayList<>();

  DriverFixture() {
    var _ =
        driver.subscribe(change -> {
          changes.add(change);
          if (change.connection()) {
            states.add(driver.connection());
          }
        });
  }

  static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  void start() {
    driver.start();
    time.settle();
  }

  void pass(Duration duration) {
    time.advance(duration);
  }

  /// From now on every socket is welcomed and gets a snapshot at `seq` with 10 AAPL.
  void serveAt(long seq) {
    server.onConnect =
        wire -> {
          wire.says(welcome(EPOCH, seq));
          time.execute(
              () -> wire.says(snapshot(EPOCH, seq, snapshotOf(position("AAPL", "10", "100")))));
        };
  }

  /// From now on every socket fails.
  void refuseAll() {
    server.onConnect = wire -> wire.loses(ConnectionMachine.ABNORMAL);
  }

  /// Live at `seq`, for long enough to be stable; the server says something every 10 s.
  void live(long seq) {
    serveAt(seq);
    start();
    pass(seconds(11));
  }

  /// Time passes on a connection that is not silent.
  void passTalking(Duration duration) {
    var wire = server.last();
    for (var left = duration; !left.isZero(); left = left.minus(seconds(1))) {
      wire.heartbeat();
      pass(seconds(1));
    }
  }

  void says(ServerMessage message) {
    server.last().says(message);
    time.settle();
  }

  void event(long seq, String quantity) {
    says(message(seq - 1, seq, position("AAPL", quantity, "100")));
  }

  void answersWithReplay(long seq) {
    says(replay(EPOCH, seq));
  }

  String quantity() {
    return driver
        .portfolio()
        .position("AAPL")
        .map(position -> position.quantity().toPlainString())
        .orElse("none");
  }
}
