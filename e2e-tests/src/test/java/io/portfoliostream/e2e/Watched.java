package io.portfoliostream.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.portfoliostream.e2e.stack.ServerSession;
import io.portfoliostream.e2e.stack.StreamChange;
import io.portfoliostream.e2e.stack.StreamRefused;
import io.portfoliostream.e2e.stack.StreamSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A subscribed connection that remembers what it was told, so that the order in which a test asks
/// does not matter.
final class Watched implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String ORDER = "order_update";

  private final StreamSocket socket;
  private final JsonNode welcome;
  private final List<StreamChange> told = new ArrayList<>();

  private Watched(StreamSocket socket, JsonNode welcome) {
    this.socket = socket;
    this.welcome = welcome;
  }

  /// Connects and subscribes to everything.
  static Watched by(ServerSession user) throws StreamRefused, InterruptedException {
    var socket = user.openStream();
    var watched = new Watched(socket, socket.read("welcome", PATIENCE).path("data"));
    socket.send("{\"type\":\"subscribe\"}");
    watched.subscribed("");
    return watched;
  }

  /// What the first message said.
  JsonNode welcome() {
    return welcome;
  }

  /// The first answer to a subscription that tells another epoch than this.
  JsonNode subscribed(String epoch) throws InterruptedException {
    return until("subscription", PATIENCE, change -> isSubscribed(change, epoch));
  }

  /// An order as it was told to have reached a status.
  JsonNode order(String orderId, String status) throws InterruptedException {
    return order(orderId, status, PATIENCE);
  }

  JsonNode order(String orderId, String status, Duration patience) throws InterruptedException {
    return until(
        status + " order",
        patience,
        change -> change.is(ORDER, "orderId", orderId) && change.is(ORDER, "status", status));
  }

  /// A source of data that was told to be stale or fresh.
  JsonNode feed(String type, String source, Duration patience) throws InterruptedException {
    return until(source + " " + type, patience, change -> change.is(type, "source", source));
  }

  /// Whether this was told already, of what was read so far.
  boolean wasTold(Predicate<StreamChange> what) {
    return told.stream().anyMatch(what);
  }

  /// The first change of all that fits; earlier ones count.
  JsonNode until(String what, Duration patience, Predicate<StreamChange> fits)
      throws InterruptedException {
    var early = first(fits);
    if (early.isPresent()) {
      return early.get().data();
    }
    socket.readUntil(
        what,
        patience,
        message -> {
          var changes = StreamChange.of(message);
          told.addAll(changes);
          return changes.stream().anyMatch(fits);
        });
    return first(fits).orElseThrow().data();
  }

  private Optional<StreamChange> first(Predicate<StreamChange> fits) {
    return told.stream().filter(fits).findFirst();
  }

  private static boolean isSubscribed(StreamChange change, String epoch) {
    return change.type().equals("subscribed")
        && !change.data().path("epoch").asText().equals(epoch);
  }

  @Override
  public void close() {
    socket.close();
  }
}
