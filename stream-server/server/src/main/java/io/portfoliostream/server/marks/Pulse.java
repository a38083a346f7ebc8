package io.portfoliostream.server.marks;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What speaks for the price of one symbol. Immutable; each change gives another.
///
/// Silence has two causes: nobody trades, or the stream is mute. What tells them apart is a read of
/// the newest trade: when it is later than all that the stream delivered, and the stream does not
/// deliver it either, the stream is mute. Trade times are the exchange's and compared with each
/// other alone; ours measure silence alone.
///
/// @param way how its prices arrive
/// @param turn counts the changes of the way; what was asked in an earlier turn proves nothing
/// @param since when that way began
/// @param tickedAt when the last trade arrived from the stream
/// @param provenAt when its price was last known to be right: it arrived, or a read showed none
///   newer
/// @param streamed time of the newest trade that the stream delivered in this turn
/// @param newest time of the newest trade that is accounted for, known once a read was made after
///   the subscription stood
/// @param missed a trade that was read and did not arrive
/// @param flaw what is wrong with its price
/// @param usual time between its trades, averaged
record Pulse(
    Way way,
    int turn,
    Instant since,
    @Nullable Instant tickedAt,
    @Nullable Instant provenAt,
    @Nullable Instant streamed,
    @Nullable Instant newest,
    @Nullable Missed missed,
    Flaw flaw,
    @Nullable Duration usual) {

  /// A trade that the stream owes.
  ///
  /// @param readAt when we knew
  record Missed(Instant tradedAt, Instant readAt) {}

  /// What can be wrong with a price.
  enum Flaw {
    /// Nothing.
    NONE,
    /// It was silent for too long, and nothing proved it since.
    SILENT,
    /// The stream did not deliver its trades, and has delivered none since.
    MUTE
  }

  /// A trade that was read arrives within this, or never.
  private static final Duration ARRIVAL = Duration.ofSeconds(2);

  /// Silence of so many usual intervals is worth a look.
  private static final int INTERVALS = 20;

  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(5);

  /// Leaves time to look before silence counts as a fault.
  private static final Duration MOST_PATIENCE = Duration.ofSeconds(20);

  private static final int WEIGHT = 10;

  static Pulse begin(Way way, Instant now) {
    return new Pulse(way, 0, now, null, null, null, null, null, Flaw.NONE, null);
  }

  /// Prices arrive in another way from now on.
  Pulse by(Way other, Instant now) {
    return other == way
        ? this
        : new Pulse(other, turn + 1, now, tickedAt, provenAt, null, null, null, flaw, usual);
  }

  /// A trade arrived from the stream.
  Pulse ticked(Instant tradedAt, Instant receivedAt) {
    return new Pulse(
        way,
        turn,
        since,
        receivedAt,
        receivedAt,
        later(streamed, tradedAt),
        newest == null ? null : later(newest, tradedAt),
        null,
        Flaw.NONE,
        interval(receivedAt));
  }

  private static Instant later(@Nullable Instant one, Instant other) {
    return one == null || one.isBefore(other) ? other : one;
  }

  private @Nullable Duration interval(Instant receivedAt) {
    if (tickedAt == null) {
      return null;
    }
    var last = Duration.between(tickedAt, receivedAt);
    return usual == null ? last : usual.multipliedBy(WEIGHT - 1L).plus(last).dividedBy(WEIGHT);
  }

  /// The newest trade was read.
  ///
  /// @param traded its time, [Instant#EPOCH] when it never traded
  Pulse read(Instant traded, Instant now) {
    return switch (way) {
      case AWAITED -> this;
      case POLLED -> proven(traded, now);
      case STREAMED -> newest == null ? begun(traded, now) : compared(newest, traded, now);
    };
  }

  /// What traded before the subscription stood could not arrive: it is no proof of a live stream
  /// where the stream was mute.
  private Pulse begun(Instant traded, Instant now) {
    return flaw == Flaw.MUTE
        ? with(provenAt, later(streamed, traded), null, flaw)
        : proven(later(streamed, traded), now);
  }

  private Pulse compared(Instant known, Instant traded, Instant now) {
    if (!traded.isAfter(known)) {
      return isOnProbation(now) ? this : proven(known, now);
    }
    var first = missed == null ? new Missed(traded, now) : missed;
    return with(provenAt, known, first, flaw);
  }

  /// Shortly after the connection in place of a mute one, quiet tells nothing yet.
  private boolean isOnProbation(Instant now) {
    return flaw == Flaw.MUTE && since.plus(MOST_PATIENCE).isAfter(now);
  }

  private Pulse proven(Instant known, Instant now) {
    return with(now, known, null, Flaw.NONE);
  }

  private Pulse with(
      @Nullable Instant proof, @Nullable Instant known, @Nullable Missed owed, Flaw wrong) {
    return new Pulse(way, turn, since, tickedAt, proof, streamed, known, owed, wrong, usual);
  }

  /// Whether the stream owes a trade for longer than any takes to arrive.
  boolean isOwed(Instant now) {
    return missed != null && !missed.readAt().plus(ARRIVAL).isAfter(now);
  }

  Pulse flawed(Flaw other) {
    return other == flaw ? this : with(provenAt, newest, missed, other);
  }

  /// Since when nothing has spoken for the price.
  Instant silentSince() {
    return provenAt == null ? since : provenAt;
  }

  /// Whether it is silent for longer than it usually is.
  boolean isUnusuallySilent(Instant now) {
    var patience = usual == null ? MOST_PATIENCE : usual.multipliedBy(INTERVALS);
    if (patience.compareTo(MOST_PATIENCE) > 0) {
      patience = MOST_PATIENCE;
    } else if (patience.compareTo(LEAST_PATIENCE) < 0) {
      patience = LEAST_PATIENCE;
    }
    return !silentSince().plus(patience).isAfter(now);
  }
}
