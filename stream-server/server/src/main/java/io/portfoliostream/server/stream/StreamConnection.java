package io.portfoliostream.server.stream;

import io.portfoliostream.protocol.ClientMessage;
import io.portfoliostream.protocol.ClientMessage.Ping;
import io.portfoliostream.protocol.ClientMessage.Report;
import io.portfoliostream.protocol.ClientMessage.Resume;
import io.portfoliostream.protocol.ClientMessage.Subscribe;
import io.portfoliostream.protocol.ClientMessage.Unsubscribe;
import io.portfoliostream.protocol.ClientMessageCodec;
import io.portfoliostream.protocol.CloseCode;
import io.portfoliostream.protocol.ErrorNotice;
import io.portfoliostream.protocol.Malformed;
import io.portfoliostream.protocol.Payload;
import io.portfoliostream.protocol.Pong;
import io.portfoliostream.protocol.Shutdown;
import io.portfoliostream.protocol.StreamPosition;
import io.portfoliostream.server.stream.Filter.Change;
import io.portfoliostream.server.stream.Outbox.Offer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One client's connection.
///
/// The web server tells it what came in: [#text], [#ping], [#pong], [#tooBig] and [#peerClosed] are
/// called by the connection's one reading thread and may block it; [#gone] is called when the
/// socket ended, whatever the reason, from any thread. What goes out is written through the
/// [Transport].
public final class StreamConnection {
  /// What a connection counts as when it ended without a close frame.
  private static final int ABNORMAL = 1006;

  private static final long REPORT_INTERVAL_NANOS = Duration.ofSeconds(15).toNanos();

  private final Client client;
  private final UserStream stream;
  private final StreamContext context;
  private final Runnable onGone;
  private final Writer writer;
  private final Subscription subscription;
  private final Heartbeat heartbeat;
  private final RateLimit rate;
  private final Instant since;
  private final long openedAt;
  private final AtomicReference<@Nullable CloseCode> ended = new AtomicReference<>();
  private final AtomicInteger peerCode = new AtomicInteger(ABNORMAL);
  private final AtomicBoolean gone = new AtomicBoolean();
  private volatile Scheduler.Task nextBeat = () -> {};
  private int malformed;
  private boolean subscribed;
  private @Nullable Long reportedAt;

  /// @param onGone runs once, when the socket ended
  StreamConnection(
      UserStream stream,
      Client client,
      Transport transport,
      Subscription subscription,
      StreamContext context,
      Duration firstPingAfter,
      Runnable onGone) {
    this.client = client;
    this.stream = stream;
    this.context = context;
    this.subscription = subscription;
    this.onGone = onGone;
    this.since = context.now();
    this.openedAt = context.nanos();
    var settings = context.settings();
    this.heartbeat = new Heartbeat(settings.heartbeat(), openedAt, firstPingAfter.toNanos());
    this.writer = new Writer(client, transport, context, heartbeat::roundTrip);
    this.rate = new RateLimit(settings.limits().messagesPerSecond(), openedAt);
  }

  /// Who is at the other end.
  public Client client() {
    return client;
  }

  /// A whole text message came in.
  public void text(String utf8Message) {
    if (!admits()) {
      return;
    }
    context.metrics().received();
    try {
      read(utf8Message);
    } catch (RuntimeException e) {
      context.metrics().failed();
      throw e;
    }
  }

  private void read(String utf8Message) {
    if (utf8Message.length() > context.settings().limits().messageBytes()) {
      tooBig();
      return;
    }
    switch (ClientMessageCodec.decode(utf8Message)) {
      case Malformed wrong -> refuse(wrong);
      case ClientMessage message -> take(message);
    }
  }

  /// A ping frame came in; the web server has answered it.
  public void ping() {
    admits();
  }

  /// A pong frame came in.
  public void pong(byte[] payload) {
    var now = context.nanos();
    heartbeat.heard(now);
    heartbeat.pong(payload, now).ifPresent(context.metrics()::roundTrip);
  }

  /// The client is there, though it cannot say so: what was written reached its end of the pipe.
  /// May be called by any thread.
  public void heard() {
    heartbeat.heard(context.nanos());
  }

  /// A message came in that is over the limit.
  public void tooBig() {
    end(CloseCode.TOO_BIG, "message over " + context.settings().limits().messageBytes() + " bytes");
  }

  /// A close frame came in; the web server answers it and ends the socket.
  public void peerClosed(int code) {
    peerCode.set(code);
  }

  /// The socket ended: lets go of everything. Calling it again is harmless.
  public void gone() {
    if (!gone.compareAndSet(false, true)) {
      return;
    }
    writer.shut();
    nextBeat.cancel();
    stream.leave(this);
    onGone.run();
    var own = ended.get();
    var code = own == null ? peerCode.get() : own.code();
    context.metrics().closed(code, Duration.ofNanos(context.nanos() - openedAt));
    context.comebacks().ended(client, code);
  }

  /// What can be told of it.
  public OpenConnection view() {
    return new OpenConnection(client, since, heartbeat.roundTrip(), writer.waitingBytes());
  }

  /// Ends the connection: what waits is dropped, and the pipe is cut when the close frame is not
  /// out in time.
  void end(CloseCode code, String reason) {
    finish(code, reason, true);
  }

  /// Ends the connection after what waits, and after telling when to come back.
  void shutdown(Shutdown shutdown) {
    stream.tell(this, shutdown);
    finish(CloseCode.RESTART, shutdown.reason(), false);
  }

  boolean hasEnded() {
    return ended.get() != null || gone.get();
  }

  /// Offers a frame; a client that reads too slowly to have room for it is closed. Called under the
  /// user's lock, so that frames are in the order of what they say.
  void send(Frame frame) {
    if (writer.offer(frame) == Offer.OVERFLOWED) {
      context.metrics().slowConsumer();
      end(CloseCode.SLOW_CONSUMER, "too slow: come back and resume");
    }
  }

  Frame.@Nullable Marks withdrawMarks() {
    return writer.withdrawMarks();
  }

  Subscription subscription() {
    return subscription;
  }

  int waitingBytes() {
    return writer.waitingBytes();
  }

  int waitingItems() {
    return writer.waitingItems();
  }

  /// Cuts the connection when its writer has been stuck for too long.
  void endIfStalled() {
    if (!hasEnded() && writer.isStalled(context.settings().sending().stallLimit())) {
      context.metrics().slowConsumer();
      end(CloseCode.SLOW_CONSUMER, "write stalled");
      writer.kill();
    }
  }

  /// One beat: looks whether the client is there, pings it, proves its view.
  void beat() {
    if (hasEnded()) {
      return;
    }
    var now = context.nanos();
    if (heartbeat.isSilent(now)) {
      end(CloseCode.SILENT, "nothing heard");
      return;
    }
    heartbeat
        .due(now)
        .ifPresent(payload -> {
          stream.beat(this, payload);
        });
    nextBeat = context.later(heartbeat.untilNext(now), this::beat);
  }

  private void finish(CloseCode code, String reason, boolean discard) {
    if (!ended.compareAndSet(null, code)) {
      return;
    }
    nextBeat.cancel();
    stream.leave(this);
    writer.finish(new Frame.Close(client.user(), code, reason), discard);
    context.later(
        context.settings().sending().closeGrace(),
        () -> {
          if (!gone.get()) {
            writer.kill();
          }
        });
  }

  private boolean admits() {
    if (hasEnded()) {
      return false;
    }
    var now = context.nanos();
    heartbeat.heard(now);
    if (rate.admits(now)) {
      return true;
    }
    end(
        CloseCode.RATE,
        "over " + context.settings().limits().messagesPerSecond() + " messages per second");
    return false;
  }

  private void take(ClientMessage message) {
    switch (message) {
      case Subscribe wish -> subscribe(wish);
      case Unsubscribe wish -> become(stream.filter(this).minus(wish), null, null);
      case Ping(var id) -> tell(new Pong(id, context.now()));
      case Resume(var position) ->
          stream.answer(new Wish(this, stream.filter(this), null, position));
      case Report report -> report(report);
    }
  }

  private void subscribe(Subscribe wish) {
    if (!subscribed && wish.resume() != null && client.replaces() == null) {
      context.comebacks().resumed(client.user());
    }
    subscribed = true;
    become(stream.filter(this).plus(wish), wish.windowMs(), wish.resume());
  }

  private void become(Change change, @Nullable Integer windowMs, @Nullable StreamPosition resume) {
    switch (change) {
      case Change.Refused(var wrong) -> refuse(wrong);
      case Change.To(var filter) -> stream.answer(new Wish(this, filter, windowMs, resume));
    }
  }

  private void report(Report report) {
    var now = context.nanos();
    var last = reportedAt;
    if (last == null || now - last >= REPORT_INTERVAL_NANOS) {
      reportedAt = now;
      context.metrics().reported(client.user(), report);
    }
  }

  private void refuse(Malformed wrong) {
    malformed++;
    context.metrics().malformed();
    var isLast = malformed > context.settings().limits().malformed();
    tell(new ErrorNotice(wrong.code().wireName(), wrong.message(), isLast));
    if (isLast) {
      finish(CloseCode.MALFORMED, "too many malformed messages", false);
    }
  }

  private void tell(Payload payload) {
    stream.tell(this, payload);
  }
}
