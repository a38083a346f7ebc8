package io.portfoliostream.simulator.edge;

import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.portfoliostream.simulator.broker.Refusal;
import io.portfoliostream.simulator.json.Json;
import io.portfoliostream.simulator.rest.FaultyApi;
import io.portfoliostream.simulator.rest.Reply;
import io.portfoliostream.simulator.rest.Request;
import io.portfoliostream.simulator.rest.Response;
import io.portfoliostream.simulator.stream.Timer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/// Carries HTTP requests to the REST interface and its answers back.
final class RestHandler implements Handler {
  private static final Logger LOG = System.getLogger(RestHandler.class.getName());
  private static final int LONGEST_BODY = 1 << 16;
  private static final Refusal TOO_LARGE =
      new Refusal(413, 41310000, "request body is too large", Map.of());
  private static final Refusal FAILED =
      new Refusal(500, 50010000, "internal server error occurred", Map.of());

  private final FaultyApi api;
  private final Supplier<String> requestIds;
  private final Timer timer;

  RestHandler(FaultyApi api, Supplier<String> requestIds, Timer timer) {
    this.api = api;
    this.requestIds = requestIds;
    this.timer = timer;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    var requestId = requestIds.get();
    var reply = answer(request, requestId);
    if (reply.hold().isPositive()) {
      hold(reply.hold());
    }
    if (reply.hangsUp()) {
      throw new CloseConnectionException("hung up by a fault");
    }
    var answer = reply.response();
    response.header("X-Request-ID", requestId);
    reply.headers().forEach(response::header);
    answer.headers().forEach(response::header);
    response.status(Status.create(answer.status()));
    if (answer.body() == null) {
      response.send();
    } else {
      response.headers().set(HeaderNames.CONTENT_TYPE, "application/json; charset=UTF-8");
      response.send(Json.bytes(answer.body()));
    }
  }

  /// Waits on the request's own thread.
  private void hold(Duration time) {
    var over = new CountDownLatch(1);
    timer.after(time, over::countDown);
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CloseConnectionException("the simulator is closing", e);
    }
  }

  private Reply answer(ServerRequest request, String requestId) {
    try {
      byte[] body = body(request);
      return body.length > LONGEST_BODY
          ? Reply.of(Response.refused(TOO_LARGE))
          : api.answer(translate(request, new String(body, StandardCharsets.UTF_8)));
    } catch (InsufficientDataAvailableException e) {
      throw new CloseConnectionException("the client went away within its request", e);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "request " + requestId + " failed", e);
      return Reply.of(Response.refused(FAILED));
    }
  }

  private static byte[] body(ServerRequest request) {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    int most =
        (int) Math.min(LONGEST_BODY + 1L, request.headers().contentLength().orElse(Long.MAX_VALUE));
    try (var in = request.content().inputStream()) {
      return in.readNBytes(most);
    } catch (IOException e) {
      throw new UncheckedIOException("the request body could not be read", e);
    }
  }

  private static Request translate(ServerRequest request, String body) {
    Map<String, String> query = new HashMap<>();
    var parameters = request.query();
    parameters.names().forEach(name -> query.put(name, parameters.first(name).orElse("")));
    Map<String, String> headers = new HashMap<>();
    request
        .headers()
        .forEach(header -> headers.put(header.name().toLowerCase(Locale.ROOT), header.get()));
    return new Request(
        request.prologue().method().text(),
        request.path().path(),
        query,
        headers,
        body,
        isLoopback(request));
  }

  private static boolean isLoopback(ServerRequest request) {
    return request.remotePeer().address() instanceof InetSocketAddress address
        && address.getAddress() != null
        && address.getAddress().isLoopbackAddress();
  }
}
