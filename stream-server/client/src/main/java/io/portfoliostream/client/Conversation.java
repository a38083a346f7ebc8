package io.portfoliostream.client;

import io.portfoliostream.client.ConnectionEvent.AnswerNeeded;
import io.portfoliostream.client.ConnectionEvent.Answered;
import io.portfoliostream.client.ConnectionEvent.Lost;
import io.portfoliostream.client.ConnectionEvent.Refused;
import io.portfoliostream.client.ConnectionEvent.ShutdownAnnounced;
import io.portfoliostream.client.ConnectionEvent.Welcomed;
import io.portfoliostream.client.Outcome.Applied;
import io.portfoliostream.client.Outcome.DigestDiffers;
import io.portfoliostream.client.Outcome.GapFound;
import io.portfoliostream.client.Outcome.Ignored;
import io.portfoliostream.client.Outcome.Proved;
import io.portfoliostream.client.Outcome.Rejected;
import io.portfoliostream.protocol.ClientMessage;
import io.portfoliostream.protocol.ClientMessage.Resume;
import io.portfoliostream.protocol.ClientMessage.Subscribe;
import io.portfoliostream.protocol.ClientMessageCodec;
import io.portfoliostream.protocol.CloseCode;
import io.portfoliostream.protocol.ErrorNotice;
import io.portfoliostream.protocol.MalformedJson;
import io.portfoliostream.protocol.Pong;
import io.portfoliostream.protocol.ServerMessage;
import io.portfoliostream.protocol.ServerMessageCodec;
import io.portfoliostream.protocol.Shutdown;
import io.portfoliostream.protocol.Welcome;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The talk over one socket after the other: decodes, feeds the replica, answers what it asks for,
/// and hears when nothing is said any more. Owned by the mailbox.
final class Conversation {
  private static final Logger LOG = System.getLogger(Conversation.class.getName());
  private static final int MOST_BAD_MESSAGES = 10;

  private final Core core;
  private final Reconciler reconciler;
  private final Vitals vitals;
  private final Alarm silence;

  private @Nullable Channel current;
  private @Nullable String connectionId;
  private boolean live;
  private long heardNanos;
  private int badMessages;
  private boolean checkAfterAnswer;

  Conversation(Core core) {
    this.core = core;
    this.reconciler = new Reconciler(core);
    this.vitals = new Vitals(core, this::send);
    this.silence = core.alarm(this::silence);
  }

  /// Opens a socket in place of the last one.
  void open() {
    var _ = drop();
    badMessages = 0;
    checkAfterAnswer = false;
    var channel = new Channel();
    current = channel;
    channel.socket = core.backend().connect(connectionId, channel);
  }

  /// Closes the socket; nothing of it is heard any more.
  ///
  /// @return done once the connection is cut
  CompletableFuture<Boolean> drop() {
    var last = current;
    current = null;
    if (last == null || last.socket == null) {
      return CompletableFuture.completedFuture(true);
    }
    return last.socket.close(CloseCode.NORMAL.code());
  }

  /// The connection became live, or is no longer.
  void live(boolean now) {
    live = now;
    if (now) {
      core.tally().connections++;
      silence.set(core.settings().checks().silence());
      reconciler.start();
      vitals.start();
    } else {
      silence.cancel();
      reconciler.stop();
      vitals.stop();
    }
  }

  void fellBack(String reason) {
    core.tally().fallbacks++;
    vitals.fellBack(reason);
  }

  void subscribe() {
    send(new Subscribe(null, null, null, core.replica().resumeFrom().orElse(null)));
  }

  void askAgain() {
    var from = core.replica().resumeFrom();
    send(from.isPresent() ? new Resume(from.get()) : new Subscribe(null, null, null, null));
  }

  private void send(ClientMessage message) {
    if (current != null && current.socket != null) {
      current.socket.send(ClientMessageCodec.encode(message));
    }
  }

  private void received(String text) {
    core.tally().messages++;
    ServerMessage message;
    Outcome outcome;
    try {
      message = ServerMessageCodec.decode(text);
      outcome = core.replica().apply(message);
    } catch (MalformedJson | IllegalArgumentException | NullPointerException e) {
      // Unreadable, or with a hole that only the fold notices; the fold works on a copy.
      rejected(core.replica().rejected(String.valueOf(e.getMessage())));
      return;
    }
    follow(message, outcome);
  }

  private void follow(ServerMessage message, Outcome outcome) {
    switch (outcome) {
      case Applied(var changes) -> {
        if (!changes.isEmpty()) {
          vitals.applied(message);
          core.changed().tell(changes);
        }
      }
      case Outcome.Answered(var changes, boolean recovered) -> answered(changes, recovered);
      case Proved _ -> core.tally().digestsEqual++;
      case Ignored _ -> {}
      case GapFound(var from) -> {
        core.tally().gaps++;
        LOG.log(Level.DEBUG, "a gap after {0}", from);
        askWithCheck();
      }
      case DigestDiffers(var at) -> {
        core.tally().digestsDifferent++;
        LOG.log(Level.WARNING, "the view is wrong at {0}", at);
        askWithCheck();
      }
      case Rejected rejected -> {
        rejected(rejected);
        return;
      }
    }
    control(message);
  }

  /// What a message asks of the connection, beside what it says of the portfolio.
  private void control(ServerMessage message) {
    if (message.data() instanceof Welcome welcome) {
      connectionId = welcome.connectionId();
      core.events().tell(new Welcomed());
    } else if (message.data() instanceof Shutdown shutdown) {
      core.events().tell(new ShutdownAnnounced(shutdown.reconnectAfterMs()));
    } else if (message.data() instanceof Pong pong) {
      vitals.pong(pong);
    } else if (message.data() instanceof ErrorNotice error) {
      LOG.log(
          Level.WARNING, "the server refused a message: {0} {1}", error.code(), error.message());
    }
  }

  private void answered(Changes changes, boolean recovered) {
    if (recovered) {
      core.tally().replays++;
    } else {
      core.tally().snapshots++;
    }
    core.changed().tell(changes);
    core.events().tell(new Answered());
    if (checkAfterAnswer) {
      checkAfterAnswer = false;
      reconciler.now();
    }
  }

  private void askWithCheck() {
    checkAfterAnswer = true;
    core.events().tell(new AnswerNeeded());
  }

  private void rejected(Rejected rejected) {
    core.tally().badMessages++;
    badMessages++;
    LOG.log(Level.WARNING, "a bad message: {0}", rejected.reason());
    if (badMessages > MOST_BAD_MESSAGES) {
      var _ = drop();
      core.events().tell(new Lost(ConnectionMachine.ABNORMAL));
    } else if (rejected.ask()) {
      core.events().tell(new AnswerNeeded());
    }
  }

  private void heard() {
    heardNanos = core.timers().nanoTime();
    core.tally().lastMessageAt = core.clock().instant();
  }

  private void silence() {
    var bound = core.settings().checks().silence();
    var quiet = Duration.ofNanos(core.timers().nanoTime() - heardNanos);
    if (!live) {
      return;
    }
    if (quiet.compareTo(bound) < 0) {
      silence.set(bound.minus(quiet));
      return;
    }
    LOG.log(Level.INFO, "nothing heard for {0}", quiet);
    var _ = drop();
    core.events().tell(new Lost(CloseCode.SILENT.code()));
  }

  private void lost(int code, String reason) {
    current = null;
    LOG.log(Level.DEBUG, "connection {0} lost: {1} {2}", connectionId, code, reason);
    core.events().tell(new Lost(code));
  }

  private void refused(Refused refused) {
    current = null;
    core.events().tell(refused);
  }

  /// One socket's listener: passes on to the mailbox what its socket says, while it is the current
  /// one.
  private final class Channel implements Backend.SocketListener {
    private Backend.@Nullable Socket socket;

    @Override
    public void text(String text) {
      mine(() -> {
        heard();
        received(text);
        if (socket != null) {
          socket.more();
        }
      });
    }

    @Override
    public void heard() {
      mine(Conversation.this::heard);
    }

    @Override
    public void refused(int status, @Nullable String code, @Nullable Duration retryAfter) {
      mine(() ->
          new RefusalCode(core)
              .find(
                  status,
                  code,
                  found ->
                      ifCurrent(() ->
                          Conversation.this.refused(new Refused(status, found, retryAfter)))));
    }

    @Override
    public void lost(int code, String reason) {
      mine(() -> Conversation.this.lost(code, reason));
    }

    private void mine(Runnable task) {
      core.mailbox().execute(() -> ifCurrent(task));
    }

    private void ifCurrent(Runnable task) {
      if (current == this) {
        task.run();
      }
    }
  }
}
