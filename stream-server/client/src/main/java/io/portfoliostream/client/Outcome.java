package io.portfoliostream.client;

import static java.util.Objects.requireNonNull;

import io.portfoliostream.protocol.StreamPosition;

/// What became of a message that was given to a [PortfolioReplica].
public sealed interface Outcome {
  /// It was folded in, or it had nothing to fold in but moved the position.
  record Applied(Changes changes) implements Outcome {
    /// Refuses a missing field.
    public Applied {
      requireNonNull(changes, "changes");
    }
  }

  /// It was the answer to a `subscribe` or `resume`: the replica is caught up.
  ///
  /// @param recovered by replay; otherwise by a snapshot
  record Answered(Changes changes, boolean recovered) implements Outcome {
    /// Refuses a missing field.
    public Answered {
      requireNonNull(changes, "changes");
    }
  }

  /// A digest at the replica's own number, and equal.
  record Proved() implements Outcome {}

  /// It changed nothing, and that is right.
  record Ignored(Why why) implements Outcome {
    /// Refuses a missing field.
    public Ignored {
      requireNonNull(why, "why");
    }
  }

  /// The numbering jumped. Send `resume` with this position; until its answer nothing is applied.
  record GapFound(StreamPosition resumeFrom) implements Outcome {
    /// Refuses a missing field.
    public GapFound {
      requireNonNull(resumeFrom, "resumeFrom");
    }
  }

  /// The replica is wrong at its own number. Send a `subscribe` without a position to get a fresh
  /// snapshot; until then nothing is applied.
  record DigestDiffers(StreamPosition at) implements Outcome {
    /// Refuses a missing field.
    public DigestDiffers {
      requireNonNull(at, "at");
    }
  }

  /// It breaks the rules and changed nothing.
  ///
  /// @param ask whether to ask the server again, by [PortfolioReplica#resumeFrom]; not when an
  ///   answer is awaited already
  record Rejected(String reason, boolean ask) implements Outcome {
    /// Refuses a missing field.
    public Rejected {
      requireNonNull(reason, "reason");
    }
  }

  /// Why a message was ignored.
  enum Why {
    /// It ends before the replica's own number.
    OLD,
    /// An answer is awaited; it will tell all of this.
    AWAITING_ANSWER
  }
}
