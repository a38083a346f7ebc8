package io.portfoliostream.client;

import java.time.InstantSource;

/// What the parts of one client share. Only the mailbox's owner touches the replica and the tally.
///
/// @param events where a part tells what happened to the connection
/// @param changed told of changes to the view
record Core(
    ClientSettings settings,
    Backend backend,
    Mailbox mailbox,
    Requests requests,
    Timers timers,
    InstantSource clock,
    PortfolioReplica replica,
    Tally tally,
    Sink<ConnectionEvent> events,
    Sink<Changes> changed) {

  /// Takes what a part has to tell, in the mailbox.
  @FunctionalInterface
  interface Sink<T> {
    void tell(T what);
  }

  Alarm alarm(Runnable action) {
    return new Alarm(timers, mailbox, action);
  }

  /// What a failed REST call means for the connection, whatever it was for.
  static boolean isSignedOut(StreamApiException failure) {
    return switch (failure) {
      case StreamApiException.Refused refused -> refused.problem().status() == 401;
      case StreamApiException.Unreachable _, StreamApiException.BadAnswer _ -> false;
    };
  }
}
