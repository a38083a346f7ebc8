package io.portfoliostream.server.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One content on its way to a user's connections: encoded once for those that are shown the same
/// and stand at the same place. Guarded by the user's lock.
final class Broadcast {
  private final Composer composer;
  private final FrameKind kind;
  private final Content content;
  private final Map<String, Waiting> waiting;
  private final Trail trail;
  private final long seq;
  private final List<Encoded> encoded = new ArrayList<>(2);

  private Broadcast(
      Composer composer,
      FrameKind kind,
      Content content,
      Map<String, Waiting> waiting,
      Trail trail,
      long seq) {
    this.composer = composer;
    this.kind = kind;
    this.content = content;
    this.waiting = waiting;
    this.trail = trail;
    this.seq = seq;
  }

  /// A booking's content.
  static Broadcast booking(Composer composer, Sequencer.Step step, Content content) {
    return new Broadcast(
        composer,
        FrameKind.SEQUENCED,
        content,
        Map.of(),
        Trail.atOnce(step.booking().arrivedAt(), composer.context().now()),
        step.after().seq());
  }

  /// Marks for the price changes in `waiting`.
  static Broadcast marks(
      Composer composer, Content content, Map<String, Waiting> waiting, long seq) {
    var now = composer.context().now();
    return new Broadcast(composer, FrameKind.MARKS, content, waiting, Trail.atOnce(now, now), seq);
  }

  private record Encoded(Filter filter, long prevSeq, @Nullable Frame frame) {}

  /// Sends a connection what it is shown of this, if anything.
  void sendTo(StreamConnection connection) {
    var subscription = connection.subscription();
    var frame = frame(subscription.filter(), subscription.prevSeq(seq));
    if (frame != null) {
      connection.send(frame);
      subscription.sent(seq);
    }
  }

  private @Nullable Frame frame(Filter filter, long prevSeq) {
    for (var each : encoded) {
      if (each.prevSeq == prevSeq && each.filter.equals(filter)) {
        return each.frame;
      }
    }
    var frame = encode(filter, prevSeq);
    encoded.add(new Encoded(filter, prevSeq, frame));
    return frame;
  }

  private @Nullable Frame encode(Filter filter, long prevSeq) {
    var shown = content.through(filter);
    if (shown.isEmpty()) {
      return null;
    }
    if (kind != FrameKind.MARKS) {
      return composer.change(kind, trail, prevSeq, seq, shown.payload(0));
    }
    Waiting oldest = null;
    long merged = 0;
    for (var each : waiting.entrySet()) {
      if (filter.shows(each.getKey())) {
        var here = each.getValue();
        merged += here.changes();
        oldest = oldest == null || here.oldest().isBefore(oldest.oldest()) ? here : oldest;
      }
    }
    var payload = shown.payload(merged);
    var way =
        oldest == null ? trail : new Trail(oldest.oldest(), oldest.knownAt(), trail.renderedAt());
    return prevSeq == seq
        ? new Frame.Marks(
            composer.owner(), composer.encode(way.arrivedAt(), seq, seq, payload), way, waiting)
        : composer.change(kind, way, prevSeq, seq, payload);
  }
}
