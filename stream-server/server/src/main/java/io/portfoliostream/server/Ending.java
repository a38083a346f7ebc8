package io.portfoliostream.server;

import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// Ends the server when the process is asked to: gracefully, and in bounded time.
///
/// It listens to the signals itself. A shutdown hook would be too late: all hooks run at once, and
/// the embedded PostgreSQL has one, so that the database would be gone while orders are still
/// taken. The hook is there too, for whatever else ends the process.
final class Ending {
  private static final System.Logger LOG = System.getLogger(Ending.class.getName());
  private static final List<String> SIGNALS = List.of("TERM", "INT");

  private final StreamServer server;
  private final Duration longest;

  /// @param longest after which the process ends although the server has not
  Ending(StreamServer server, Duration longest) {
    this.server = server;
    this.longest = longest;
  }

  /// Begins to listen.
  void install() {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::close));
    try {
      listen();
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      LOG.log(Level.INFO, "signals end the server by a shutdown hook: {0}", e.toString());
    }
  }

  /// Ends the server and the process.
  void exit() {
    close();
    System.exit(0);
  }

  private void close() {
    var closing = Thread.ofPlatform().daemon().name("close").start(server::close);
    try {
      if (!closing.join(longest)) {
        LOG.log(Level.WARNING, "the server did not end within {0}: the process ends now", longest);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Java has no other way to hear a signal than `sun.misc.Signal`, which javac warns of.
  private void listen() throws ReflectiveOperationException {
    var signal = Class.forName("sun.misc.Signal");
    var handler = Class.forName("sun.misc.SignalHandler");
    var exit = MethodHandles.lookup().bind(this, "exit", MethodType.methodType(void.class));
    var ours =
        MethodHandleProxies.asInterfaceInstance(
            handler, MethodHandles.dropArguments(exit, 0, signal));
    var ignored = handler.getField("SIG_IGN").get(null);
    var handle = signal.getMethod("handle", signal, handler);
    for (var name : SIGNALS) {
      var each = signal.getConstructor(String.class).newInstance(name);
      var before = handle.invoke(null, each, ours);
      if (Objects.equals(before, ignored)) {
        // Whoever started the process wants it to live on, as a shell does in the background.
        handle.invoke(null, each, before);
      }
    }
  }
}
