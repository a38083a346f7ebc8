package io.portfoliostream.server.gateway;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.portfoliostream.protocol.ClientMessage;
import io.portfoliostream.protocol.ClientMessageCodec;
import io.portfoliostream.protocol.Json;
import io.portfoliostream.protocol.Malformed;
import io.portfoliostream.protocol.Problem;
import io.portfoliostream.protocol.StreamPosition;
import io.portfoliostream.server.gateway.Doorkeeper.Decision.Away;
import io.portfoliostream.server.gateway.Doorkeeper.Decision.Welcome;
import io.portfoliostream.server.ledger.LedgerUnavailable;
import io.portfoliostream.server.stream.Client;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The stream as Server-Sent Events: the same messages as over a WebSocket, for clients that only
/// listen. The query and the last event's id are the one message that such a client says.
///
/// @param onRefused hears each refusal
record EventRoutes(
    Doorkeeper doorkeeper,
    Streams streams,
    StreamUpgrader.Sockets sockets,
    RandomGenerator random,
    Consumer<Problem> onRefused) {
  private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");
  private static final Pattern SEQ = Pattern.compile("\\d{1,18}");
  private static final int MAX_EPOCH = 64;

  /// Open, since the doorkeeper asks who it is.
  List<Resource> resources() {
    return List.of(Resource.at("/api/events").open("GET", this::events));
  }

  private Answer events(Call call) {
    var request = call.request();
    var handshake = new Handshake(request.prologue(), request.headers());
    try {
      return switch (doorkeeper.decideOnEvents(handshake, peer(request))) {
        case Away(var answer) -> refused(answer);
        case Welcome(var client) -> {
          // The head alone tells whether a stream would be opened; it takes no place.
          var subscribe = subscribe(call);
          yield handshake.isGet() ? admit(client, subscribe) : Answer.done();
        }
      };
    } catch (LedgerUnavailable e) {
      refused(Answer.unavailable());
      throw e;
    }
  }

  private static Doorkeeper.Peer peer(ServerRequest request) {
    return new Doorkeeper.Peer(request.remotePeer().address(), request.isSecure());
  }

  private Answer admit(Client client, String subscribe) {
    if (!streams.admit(client)) {
      return refused(Doorkeeper.full());
    }
    var open = false;
    try {
      var stream = open(client, subscribe);
      open = true;
      return Answer.stream("text/event-stream", stream);
    } finally {
      if (!open) {
        release(client);
      }
    }
  }

  private EventStream open(Client client, String subscribe) {
    var connection = HttpConnection.current();
    var socket = connection.socket();
    var pipe = new Pipe(socket, sockets.timer(), sockets.closeGrace());
    var transport = new EventTransport(pipe, new EventFrames(random));
    var conversation = streams.open(client, transport);
    transport.onHeartbeat(conversation::heard);
    connection.takenBy(pipe);
    return new EventStream(
        socket.dataReader(), pipe, conversation, subscribe, () -> release(client));
  }

  private void release(Client client) {
    streams.release(client.user(), client.connectionId());
  }

  private Answer refused(Answer answer) {
    answer.problem().ifPresent(onRefused);
    return answer;
  }

  /// What the client would say over a WebSocket.
  ///
  /// @throws Refused when it would be answered by an error
  private static String subscribe(Call call) {
    var message = new LinkedHashMap<String, Object>(Map.of("type", "subscribe"));
    call.query("channels").ifPresent(names -> message.put("channels", names.split(",", -1)));
    call.query("symbols").ifPresent(names -> message.put("symbols", names.split(",", -1)));
    if (call.query("windowMs").isPresent()) {
      message.put("windowMs", call.number("windowMs", 1, 1, Integer.MAX_VALUE));
    }
    position(call).ifPresent(position -> message.put("resume", position));
    var text = new String(Json.write(message), StandardCharsets.UTF_8);
    return switch (ClientMessageCodec.decode(text)) {
      case ClientMessage _ -> text;
      case Malformed(var code, var reason) -> throw Refused.invalid(parameter(code), reason);
    };
  }

  /// Where the client stands. What is no id of ours leads to a snapshot, which is never wrong.
  private static Optional<StreamPosition> position(Call call) {
    return call.header(LAST_EVENT_ID)
        .filter(id -> !id.isEmpty())
        .or(() -> call.query("lastEventId"))
        .flatMap(EventRoutes::position);
  }

  private static Optional<StreamPosition> position(String id) {
    var colon = id.lastIndexOf(':');
    var seq = id.substring(colon + 1);
    return colon >= 1 && colon <= MAX_EPOCH && SEQ.matcher(seq).matches()
        ? Optional.of(new StreamPosition(id.substring(0, colon), Long.parseLong(seq)))
        : Optional.empty();
  }

  private static String parameter(Malformed.Code code) {
    return switch (code) {
      case BAD_CHANNEL -> "channels";
      case BAD_SYMBOL, TOO_MANY_SYMBOLS -> "symbols";
      case BAD_WINDOW -> "windowMs";
      case BAD_JSON, UNKNOWN_TYPE -> "lastEventId";
    };
  }
}
