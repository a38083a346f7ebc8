package io.portfoliostream.alpaca;

import io.portfoliostream.alpaca.StreamEvent.Authorized;
import io.portfoliostream.alpaca.StreamEvent.Confirmed;
import io.portfoliostream.alpaca.StreamEvent.Denied;
import io.portfoliostream.alpaca.StreamEvent.Lost;
import io.portfoliostream.alpaca.StreamEvent.Opened;
import io.portfoliostream.alpaca.StreamEvent.RetryDue;
import io.portfoliostream.alpaca.StreamEvent.Stabilized;
import io.portfoliostream.alpaca.StreamEvent.Stopped;
import io.portfoliostream.alpaca.StreamState.Attempts;
import io.portfoliostream.alpaca.StreamState.Authenticating;
import io.portfoliostream.alpaca.StreamState.BackingOff;
import io.portfoliostream.alpaca.StreamState.Closed;
import io.portfoliostream.alpaca.StreamState.Connecting;
import io.portfoliostream.alpaca.StreamState.Listening;
import io.portfoliostream.alpaca.StreamState.Live;
import io.portfoliostream.alpaca.StreamState.Refused;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The rules by which a stream's connection moves from state to state; pure but for the jitter of
/// the backoff.
///
/// An event that means nothing in a state leaves it as it is. Only [Stabilized] forgets failures: a
/// server that accepts and drops connections is not hammered.
///
/// @param limitedBackoff pauses after refusals for too many connections, which have a ladder of
///   their own: whoever comes back too early is refused for longer
record ConnectionMachine(Backoff backoff, Backoff limitedBackoff, RandomGenerator random) {

  /// The state after an event.
  StreamState next(StreamState state, StreamEvent event) {
    return switch (event) {
      case Opened _ when state instanceof Connecting(var attempts) -> new Authenticating(attempts);
      case Authorized _ when state instanceof Authenticating(var attempts) ->
          new Listening(attempts);
      case Confirmed _ when state instanceof Listening(var attempts) ->
          new Live(attempts.afterEstablishing());
      case Stabilized _ when state instanceof Live(var attempts) ->
          new Live(attempts.afterStability());
      case RetryDue _ when state instanceof BackingOff(var attempts, _, _) ->
          new Connecting(attempts);
      case Lost lost -> connected(state).map(a -> backOff(a, lost)).orElse(state);
      case Denied(var reason) when connected(state).isPresent() -> new Refused(reason);
      case Stopped _ when !state.isFinal() -> new Closed();
      case Opened _, Authorized _, Confirmed _, Stabilized _, RetryDue _, Denied _, Stopped _ ->
          state;
    };
  }

  private StreamState backOff(Attempts before, Lost lost) {
    var attempts = lost.isLimited() ? before.afterLimit() : before.afterFailure();
    var delay =
        lost.isLimited()
            ? limitedBackoff.delay(attempts.limits(), lost.atLeast(), random)
            : backoff.delay(attempts.failures(), random);
    return new BackingOff(attempts, delay, lost.cause());
  }

  private static Optional<Attempts> connected(StreamState state) {
    return switch (state) {
      case Connecting(var attempts) -> Optional.of(attempts);
      case Authenticating(var attempts) -> Optional.of(attempts);
      case Listening(var attempts) -> Optional.of(attempts);
      case Live(var attempts) -> Optional.of(attempts);
      case BackingOff _, Refused _, Closed _ -> Optional.empty();
    };
  }
}
