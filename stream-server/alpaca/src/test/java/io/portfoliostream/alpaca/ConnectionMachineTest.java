package io.portfoliostream.alpaca;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectionMachineTest {
  private static final Attempts ATTEMPTS = new Attempts(2, 3, 0);
  private static final Duration TWO = Duration.ofSeconds(2);
  private static final StreamState CONNECTING = new Connecting(ATTEMPTS);
  private static final StreamState AUTHENTICATING = new Authenticating(ATTEMPTS);
  private static final StreamState LISTENING = new Listening(ATTEMPTS);
  private static final StreamState LIVE = new Live(ATTEMPTS);
  private static final StreamState BACKING_OFF = new BackingOff(ATTEMPTS, TWO, "rain");
  private static final StreamState REFUSED = new Refused("wrong key");
  private static final StreamState CLOSED = new Closed();
  private static final List<StreamState> STATES =
      List.of(CONNECTING, AUTHENTICATING, LISTENING, LIVE, BACKING_OFF, REFUSED, CLOSED);
  private static final Lost LOST = new Lost("cable cut");
  private static final Denied DENIED = new Denied("no entry");
  private static final StreamState LOST_STATE =
      new BackingOff(new Attempts(2, 4, 0), Duration.ofSeconds(8), "cable cut");

  /// The edges; whatever is not here leaves the state as it is.
  private static final Map<StreamState, Map<StreamEvent, StreamState>> EDGES =
      Map.of(
          CONNECTING,
          connected(new Opened(), new Authenticating(ATTEMPTS)),
          AUTHENTICATING,
          connected(new Authorized(), new Listening(ATTEMPTS)),
          LISTENING,
          connected(new Confirmed(), new Live(new Attempts(3, 3, 0))),
          LIVE,
          connected(new Stabilized(), new Live(new Attempts(2, 0, 0))),
          BACKING_OFF,
          Map.of(new RetryDue(), new Connecting(ATTEMPTS), new Stopped(), CLOSED));

  private final ConnectionMachine machine =
      new ConnectionMachine(
          StreamPolicy.defaults().backoff(),
          StreamPolicy.defaults().limitedBackoff(),
          FixedRandom.MIDDLE);

  private static Map<StreamEvent, StreamState> connected(StreamEvent event, StreamState next) {
    return Map.of(
        event, next, LOST, LOST_STATE, DENIED, new Refused("no entry"), new Stopped(), CLOSED);
  }

  static Stream<Arguments> everyStateWithEveryEvent() {
    var events =
        List.of(
            new Opened(),
            new Authorized(),
            new Confirmed(),
            new Stabilized(),
            LOST,
            DENIED,
            new RetryDue(),
            new Stopped());
    var pairs = new ArrayList<Arguments>();
    for (var state : STATES) {
      for (var event : events) {
        var next = EDGES.getOrDefault(state, Map.of()).getOrDefault(event, state);
        pairs.add(Arguments.of(state, event, next));
      }
    }
    return pairs.stream();
  }

  @ParameterizedTest(name = "{0} + {1}")
  @MethodSource("everyStateWithEveryEvent")
  void everyEdgeLeadsWhereItShould(StreamState state, StreamEvent event, StreamState next) {
    assertThat(machine.next(state, event)).isEqualTo(next);
  }

  @Test
  void failuresLengthenThePauseUntilALiveConnectionProvesStable() {
    StreamState state = CONNECTING;
    for (var event :
        List.of(new Opened(), new Authorized(), new Confirmed(), LOST, new RetryDue())) {
      state = machine.next(state, event);
    }
    assertThat(state).isEqualTo(new Connecting(new Attempts(3, 4, 0)));

    for (var event : List.of(new Opened(), new Authorized(), new Confirmed(), new Stabilized())) {
      state = machine.next(state, event);
    }
    assertThat(machine.next(state, LOST))
        .isEqualTo(new BackingOff(new Attempts(4, 1, 0), Duration.ofSeconds(1), "cable cut"));
  }

  @Test
  void tooManyConnectionsHaveALadderOfTheirOwn() {
    var limited = new Lost("429", Duration.ofSeconds(5));
    var patient = new Lost("429", Duration.ofSeconds(45));

    assertThat(pauses(limited, limited, limited, limited, limited))
        .containsExactly(5L, 10L, 20L, 30L, 30L);
    assertThat(pauses(LOST, limited, limited, LOST, limited)).containsExactly(1L, 5L, 10L, 8L, 5L);
    assertThat(pauses(limited, patient, limited)).containsExactly(5L, 45L, 20L);
  }

  @Test
  void triesNeverEnd() {
    var losses = new Lost[1_000];
    Arrays.fill(losses, LOST);

    assertThat(pauses(losses)).hasSize(1_000).endsWith(30L);
  }

  /// The pauses in seconds when each try fails for one of the reasons.
  private List<Long> pauses(Lost... losses) {
    var pauses = new ArrayList<Long>();
    StreamState state = new Connecting(Attempts.NONE);
    for (var lost : losses) {
      var failed = machine.next(state, lost);
      if (failed instanceof BackingOff(_, var delay, _)) {
        pauses.add(delay.toSeconds());
      }
      state = machine.next(failed, new RetryDue());
    }
    return pauses;
  }

  @Test
  void onlyRefusedAndClosedAreFinal() {
    assertThat(STATES.stream().filter(StreamState::isFinal)).containsExactly(REFUSED, CLOSED);
  }

  @Test
  void theSecondLiveConnectionIsAReconnect() {
    assertThat(new Live(new Attempts(1, 5, 0)).isReconnected()).isFalse();
    assertThat(new Live(new Attempts(2, 0, 0)).isReconnected()).isTrue();
  }
}
