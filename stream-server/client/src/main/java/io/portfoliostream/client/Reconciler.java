package io.portfoliostream.client;

import io.portfoliostream.client.Comparison.Ahead;
import io.portfoliostream.client.Comparison.Behind;
import io.portfoliostream.client.Comparison.Compared;
import io.portfoliostream.client.Comparison.OtherEpoch;
import io.portfoliostream.client.Comparison.Unready;
import io.portfoliostream.client.ConnectionEvent.AnswerNeeded;
import io.portfoliostream.client.ConnectionEvent.SessionGone;
import io.portfoliostream.protocol.Rest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/// Compares the view with REST while live: on a timer, and at once when something was found wrong.
///
/// A read that is older than the view proves nothing and is asked for again; one that is newer
/// gives the stream a moment to deliver before it is believed. Owned by the mailbox.
final class Reconciler {
  private static final Logger LOG = System.getLogger(Reconciler.class.getName());
  private static final int MOST_RETRIES = 3;

  private final Core core;
  private final Alarm due;
  private final Alarm lag;
  private boolean running;
  private int retries;
  // Answers of an earlier connection are not for this one.
  private long generation;
  private Rest.@Nullable Portfolio ahead;

  Reconciler(Core core) {
    this.core = core;
    this.due = core.alarm(this::read);
    this.lag = core.alarm(this::lagOver);
  }

  void start() {
    running = true;
    retries = 0;
    due.set(core.settings().checks().reconcile());
  }

  void stop() {
    running = false;
    generation++;
    ahead = null;
    due.cancel();
    lag.cancel();
  }

  /// Compares without waiting for the timer.
  void now() {
    if (running) {
      retries = 0;
      read();
    }
  }

  private void read() {
    long mine = ++generation;
    ahead = null;
    lag.cancel();
    due.set(core.settings().checks().reconcile());
    core.requests()
        .call(
            core.backend()::portfolio,
            read -> {
              if (mine == generation) {
                compare(read);
              }
            },
            this::failed);
  }

  private void compare(Rest.Portfolio read) {
    switch (core.replica().compare(read)) {
      case Compared(int differences, var changes) -> compared(differences, changes);
      case Behind _, Unready _ -> again();
      case Ahead _, OtherEpoch _ -> {
        ahead = read;
        lag.set(core.settings().checks().streamLag());
      }
    }
  }

  private void again() {
    if (retries < MOST_RETRIES) {
      retries++;
      due.setIfSooner(core.settings().checks().streamLag());
    }
  }

  private void lagOver() {
    var read = ahead;
    ahead = null;
    if (read == null) {
      return;
    }
    switch (core.replica().compare(read)) {
      case Compared(int differences, var changes) -> compared(differences, changes);
      case Behind _, Unready _ -> again();
      case Ahead _ -> {
        missed("the stream stayed behind REST");
        if (core.replica().adopt(read) instanceof Outcome.Applied(var changes)) {
          core.changed().tell(changes);
        }
      }
      case OtherEpoch _ -> {
        missed("the stream stayed in another numbering than REST");
        core.replica().rejected("another numbering");
        core.events().tell(new AnswerNeeded());
      }
    }
  }

  private void missed(String what) {
    core.tally().missedEvents++;
    core.tally().checked(core.clock().instant(), 0);
    LOG.log(Level.WARNING, what);
  }

  private void compared(int differences, Changes changes) {
    retries = 0;
    core.tally().checked(core.clock().instant(), differences);
    if (differences > 0) {
      LOG.log(Level.WARNING, "the view differed from REST in {0} objects", differences);
    }
    core.changed().tell(changes);
  }

  private void failed(StreamApiException failure) {
    if (Core.isSignedOut(failure)) {
      core.events().tell(new SessionGone());
    } else {
      LOG.log(Level.DEBUG, "a check failed", failure);
    }
  }
}
