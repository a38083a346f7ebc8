package io.portfoliostream.simulator.faults;

import org.jspecify.annotations.Nullable;

/// One connection to a stream, and the faults that it meets. Safe for use by several threads.
public final class Line {
  private final FaultBoard board;
  private final Target start;
  private final long number;
  private final Wire wire;
  private volatile @Nullable Target identified;
  private boolean binaryNext;

  Line(FaultBoard board, Target start, long number, Wire wire) {
    this.board = board;
    this.start = start;
    this.number = number;
    this.wire = wire;
  }

  /// The client said who it is. On a feed this makes no difference.
  public void identify(String account) {
    if (start.scope() == Target.Scope.ACCOUNT) {
      identified = Target.account(account);
    }
  }

  /// Where faults meet this connection.
  public Target where() {
    var known = identified;
    return known == null ? start : known;
  }

  /// Whether a message is lost, as the connection is mute or dead.
  public boolean losesMessage() {
    return !board.isQuiet() && (strikes(FaultKind.DEAD) || strikes(FaultKind.MUTE));
  }

  /// Whether a ping stays without an answer.
  public boolean losesPong() {
    return !board.isQuiet() && strikes(FaultKind.DEAD);
  }

  /// How the next message is to be framed.
  public Framing framing() {
    if (board.isQuiet()) {
      return Framing.USUAL;
    }
    if (strikes(FaultKind.TEXT_FRAMES)) {
      return Framing.TEXT;
    }
    if (strikes(FaultKind.BINARY_FRAMES)) {
      return Framing.BINARY;
    }
    if (strikes(FaultKind.MIXED_FRAMES)) {
      return alternate();
    }
    return strikes(FaultKind.FRAGMENTED_FRAMES) ? Framing.FRAGMENTED : Framing.USUAL;
  }

  /// The connection is over.
  ///
  /// @param clean whether one of the two said goodbye
  public void ended(boolean clean) {
    board.ended(this, clean);
  }

  Wire wire() {
    return wire;
  }

  boolean isIdentified() {
    return start.scope() == Target.Scope.FEED || identified != null;
  }

  private boolean strikes(FaultKind kind) {
    return board.strike(kind, where(), number).isPresent();
  }

  private synchronized Framing alternate() {
    binaryNext = !binaryNext;
    return binaryNext ? Framing.BINARY : Framing.TEXT;
  }
}
