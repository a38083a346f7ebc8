package io.portfoliostream.server.stream;

import io.portfoliostream.protocol.Feeds;
import io.portfoliostream.protocol.ServerMessage;
import io.portfoliostream.protocol.Snapshot;
import io.portfoliostream.protocol.StreamPosition;
import io.portfoliostream.protocol.Subscribed;
import io.portfoliostream.server.portfolio.Booking;
import io.portfoliostream.server.portfolio.Portfolio;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes the answers that bring a client to where its user's portfolio stands.
record Answers(Composer composer, StreamContext context) {

  /// What a client is to be shown.
  record View(Filter filter, long windowMs, Feeds feeds) {}

  /// The whole view at the portfolio's seq.
  Frame.Text snapshot(Portfolio portfolio, View view) {
    var content = Content.of(portfolio, context.view()).through(view.filter());
    return frame(portfolio, view, 0, content.snapshot(), null);
  }

  /// All messages after `resume`, for exactly this view; empty when they are too many or too large,
  /// or `log` does not have them all.
  ///
  /// @param log bookings in order, up to the portfolio's seq
  Optional<Frame.Text> replay(
      Portfolio portfolio, View view, StreamPosition resume, List<Booking> log) {
    if (!resume.epoch().equals(portfolio.epoch())
        || portfolio.seq() - resume.seq() > context.settings().replay().events()) {
      return Optional.empty();
    }
    var messages = new ArrayList<ServerMessage>();
    var reached = resume.seq();
    var told = resume.seq();
    for (var booking : log) {
      if (booking.seq() <= resume.seq()) {
        continue;
      }
      if (booking.prevSeq() != reached) {
        return Optional.empty();
      }
      reached = booking.seq();
      var content = Content.of(booking, portfolio, context.view()).through(view.filter());
      if (!content.isEmpty()) {
        messages.add(
            new ServerMessage(
                booking.arrivedAt(),
                composer.owner().value(),
                told,
                booking.seq(),
                content.payload(0)));
        told = booking.seq();
      }
    }
    if (reached != portfolio.seq()) {
      return Optional.empty();
    }
    var frame = frame(portfolio, view, resume.seq(), null, messages);
    return frame.size() > context.settings().replay().bytes()
        ? Optional.empty()
        : Optional.of(frame);
  }

  private Frame.Text frame(
      Portfolio portfolio,
      View view,
      long prevSeq,
      @Nullable Snapshot snapshot,
      @Nullable List<ServerMessage> replay) {
    var filter = view.filter();
    var answer =
        new Subscribed(
            filter.orderedChannels(),
            filter.symbols(),
            view.windowMs(),
            replay != null,
            portfolio.epoch(),
            portfolio.seq(),
            view.feeds(),
            snapshot,
            replay);
    return composer.message(FrameKind.ANSWER, prevSeq, portfolio.seq(), answer);
  }
}
