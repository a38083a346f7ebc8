package io.portfoliostream.benchmarks;

import io.portfoliostream.client.SessionCookie;
import io.portfoliostream.protocol.AccountUpdate;
import io.portfoliostream.protocol.BatchUpdate;
import io.portfoliostream.protocol.ClientMessage.Subscribe;
import io.portfoliostream.protocol.ClientMessageCodec;
import io.portfoliostream.protocol.Digest;
import io.portfoliostream.protocol.ErrorNotice;
import io.portfoliostream.protocol.FeedNotice;
import io.portfoliostream.protocol.OrderUpdate;
import io.portfoliostream.protocol.Pong;
import io.portfoliostream.protocol.PositionUpdate;
import io.portfoliostream.protocol.ServerMessage;
import io.portfoliostream.protocol.ServerMessageCodec;
import io.portfoliostream.protocol.Shutdown;
import io.portfoliostream.protocol.Subscribed;
import io.portfoliostream.protocol.TradeExecuted;
import io.portfoliostream.protocol.Welcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One user's connection: reads everything and measures when each message arrived against its
/// `timestamp`, the arrival at the server of the oldest change in it.
final class LoadClient implements WebSocket.Listener {
  private final String user;
  private final Tally tally;
  private final InstantSource clock;
  private final StringBuilder text = new StringBuilder();
  private final CountDownLatch subscribed = new CountDownLatch(1);
  private @Nullable String userId;
  private @Nullable WebSocket socket;

  LoadClient(String user, Tally tally, InstantSource clock) {
    this.user = user;
    this.tally = tally;
    this.clock = clock;
  }

  void open(HttpClient http, URI server, SessionCookie cookie) throws InterruptedException {
    var uri = URI.create(server.toString().replaceFirst("^http", "ws") + "/ws/portfolio");
    socket =
        http.newWebSocketBuilder()
            .header("Cookie", SessionCookie.NAME + "=" + cookie.value())
            .connectTimeout(Duration.ofSeconds(10))
            .buildAsync(uri, this)
            .join();
    var _ = socket.sendText(ClientMessageCodec.encode(new Subscribe(null, null, null, null)), true);
    if (!subscribed.await(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException(user + " was not subscribed in 30 s");
    }
  }

  void close() {
    if (socket != null) {
      socket.abort();
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      var message = text.toString();
      text.setLength(0);
      take(message, clock.instant());
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    tally.closed(user, code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable problem) {
    tally.closed(user, 1006);
  }

  private void take(String message, Instant at) {
    var decoded = ServerMessageCodec.decode(message);
    if (userId == null) {
      userId = decoded.userId();
    } else if (!userId.equals(decoded.userId())) {
      tally.crossed();
    }
    tally.message(message.getBytes(StandardCharsets.UTF_8).length);
    measure(decoded, at);
  }

  private void measure(ServerMessage message, Instant at) {
    switch (message.data()) {
      case BatchUpdate batch -> delivered(message, at, batch.positionsOrNone().size());
      case PositionUpdate _ -> delivered(message, at, 1);
      case Subscribed _ -> subscribed.countDown();
      case OrderUpdate _,
          AccountUpdate _,
          TradeExecuted _,
          Welcome _,
          FeedNotice _,
          Digest _,
          Pong _,
          ErrorNotice _,
          Shutdown _ -> {}
    }
  }

  private void delivered(ServerMessage message, Instant at, int updates) {
    if (updates > 0) {
      tally.delivered(Duration.between(message.timestamp(), at), updates);
    }
  }
}
