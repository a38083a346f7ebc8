package io.portfoliostream.client;

import io.portfoliostream.client.ConnectionEvent.Timer;
import io.portfoliostream.client.ConnectionMachine.Step;
import io.portfoliostream.client.LinkState.Course;
import io.portfoliostream.client.LinkState.Fallback;
import io.portfoliostream.client.LinkState.Health;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/// A machine with the protocol's own figures, and states to start from.
final class MachineFixture {
  static final ClientSettings SETTINGS = ClientSettings.of(URI.create("http://stream.example"));
  static final ConnectionMachine MACHINE = new ConnectionMachine(SETTINGS);

  /// Lived long enough, nothing ever failed.
  static final Course STABLE = new Course(0, false, Health.UNKNOWN, false, false, null);

  private MachineFixture() {}

  static Step next(LinkState state, ConnectionEvent event) {
    return MACHINE.next(state, event);
  }

  static Course failed(int times) {
    return new Course(times, false, Health.UNKNOWN, false, false, null);
  }

  static Course polling(int failures, String reason, int failedPolls) {
    return failed(failures).withFallback(new Fallback(reason, failedPolls));
  }

  /// The range of the wait for `timer`, in milliseconds, as `min..max`; empty when it is not set.
  static String delay(Step step, Timer timer) {
    for (var effect : step.effects()) {
      if (effect instanceof Effect.Schedule(var set, var min, var max) && set == timer) {
        return min.toMillis() + ".." + max.toMillis();
      }
      if (effect instanceof Effect.Hasten(var set, var min, var max) && set == timer) {
        return "at most " + min.toMillis() + ".." + max.toMillis();
      }
    }
    return "";
  }

  static boolean does(Step step, Effect... effects) {
    return step.effects().containsAll(Arrays.asList(effects));
  }

  /// Every state once, for claims about all of them.
  static List<LinkState> everyState() {
    return List.of(
        new LinkState.Idle(),
        new LinkState.Opening(STABLE),
        new LinkState.Subscribing(STABLE),
        new LinkState.Live(STABLE, null),
        new LinkState.Waiting(failed(1)),
        new LinkState.Watching(polling(1, FallbackReason.REALTIME_DISABLED, 0)),
        new LinkState.Grounded(polling(1, FallbackReason.PROTOCOL_ERROR, 0)),
        new LinkState.SignedOut("unauthenticated"),
        new LinkState.Dismissed(),
        new LinkState.Closed());
  }
}
