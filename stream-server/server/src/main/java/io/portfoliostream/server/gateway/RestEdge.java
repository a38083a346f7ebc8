package io.portfoliostream.server.gateway;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.portfoliostream.protocol.MalformedJson;
import io.portfoliostream.protocol.ProblemCode;
import io.portfoliostream.server.auth.Authenticator;
import io.portfoliostream.server.gateway.Endpoint.Open;
import io.portfoliostream.server.gateway.Endpoint.Own;
import io.portfoliostream.server.ledger.LedgerUnavailable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What every REST call goes through: where it comes from, who it is, what went wrong, and the
/// headers of every answer, those for pages of other origins included. A path that is not declared
/// open is closed.
record RestEdge(
    OriginPolicy origins,
    Authenticator authenticator,
    ClientAddresses addresses,
    RequestMetrics metrics) {
  private static final System.Logger LOG = System.getLogger(RestEdge.class.getName());
  private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
  private static final String ELSEWHERE = "unknown";

  /// The routing of `resources`; all other paths are not found.
  HttpRouting.Builder routing(List<Resource> resources) {
    var routing = HttpRouting.builder();
    for (var resource : resources) {
      routing.any(resource.path(), (request, response) -> serve(resource, request, response));
    }
    return routing.any(
        (request, response) -> send(call(request), response, ELSEWHERE, () -> notFound(request)));
  }

  /// Whether a method changes nothing.
  static boolean isRead(String method) {
    return method.equals("GET") || method.equals("HEAD");
  }

  private void serve(Resource resource, ServerRequest request, ServerResponse response) {
    var call = call(request);
    send(call, response, resource.path(), () -> answer(resource, call));
  }

  private Call call(ServerRequest request) {
    var peer = request.remotePeer().address();
    var headers = request.headers();
    return new Call(
        request,
        addresses.of(peer, headers.all(HeaderNames.X_FORWARDED_FOR, List::of)),
        addresses.isSecure(
            request.isSecure(), peer, headers.all(HeaderNames.X_FORWARDED_PROTO, List::of)));
  }

  private Answer answer(Resource resource, Call call) {
    var preflight = CrossOrigin.preflight(origins, resource, call);
    if (preflight.isPresent()) {
      return preflight.get();
    }
    var method = call.method();
    var flaw = flaw(call, method);
    if (flaw.isPresent()) {
      return flaw.get();
    }
    return switch (resource.endpoint(method).orElse(null)) {
      case null ->
          Answer.problem(ProblemCode.METHOD_NOT_ALLOWED, "Allowed: " + resource.allowed())
              .with("Allow", resource.allowed());
      case Open endpoint -> endpoint.answer(call);
      case Own endpoint -> answer(endpoint, resource, call, method);
    };
  }

  private Answer answer(Own endpoint, Resource resource, Call call, String method) {
    var cookies = Map.of("Cookie", call.headers(HeaderNames.COOKIE));
    var identity =
        authenticator.authenticate(
            new Authenticator.Request(method, resource.path(), cookies, call.secure()));
    identity.ifPresent(known -> metrics.asked().accept(known.user()));
    return identity.isPresent() ? endpoint.answer(call, identity.get()) : Answer.unauthenticated();
  }

  /// Nothing is told to a page that we do not know, and whatever may change something must not come
  /// from one.
  private Optional<Answer> flaw(Call call, String method) {
    var from = call.headers(HeaderNames.ORIGIN);
    if (isRead(method)) {
      return origins.mayRead(from) ? Optional.empty() : Optional.of(CrossOrigin.noReader());
    }
    if (!origins.mayChange(from, call.header(FETCH_SITE).isPresent())) {
      return Optional.of(CrossOrigin.noWriter());
    }
    return call.hasBody() && !call.isJson()
        ? Optional.of(
            Answer.problem(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "A body must be application/json."))
        : Optional.empty();
  }

  private static Answer notFound(ServerRequest request) {
    return request.prologue().uriPath().path().equals(StreamUpgrader.PATH)
        ? Doorkeeper.upgradeRequired("This is a WebSocket.")
        : Answer.problem(ProblemCode.NOT_FOUND, "There is no such path.");
  }

  /// Computes an answer.
  private interface Work {
    Answer run();
  }

  private void send(Call call, ServerResponse response, String path, Work work) {
    var method = call.method();
    var timing = metrics.start();
    var answer = CrossOrigin.readable(origins, call, guarded(work)).over(call.secure());
    response.status(Status.create(answer.status()));
    answer.allHeaders().forEach((name, value) -> response.header(name, value));
    timing.end(method, path, answer.status());
    if (answer.content() instanceof Takeover stream) {
      stream.run(response.headers());
      throw new CloseConnectionException("the stream ended");
    }
    if (answer.content() == null) {
      response.send();
    } else if (method.equals("HEAD")) {
      response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(answer.body().length));
      response.send();
    } else {
      response.send(answer.body());
    }
    if (response.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
      // The web server would read on, and take what is left of a body for another request.
      throw new CloseConnectionException("the last answer of this connection");
    }
  }

  private static Answer guarded(Work work) {
    try {
      return work.run();
    } catch (Refused e) {
      return e.answer();
    } catch (MalformedJson e) {
      return Answer.problem(ProblemCode.BAD_REQUEST, Problems.withoutClassNames(e));
    } catch (LedgerUnavailable e) {
      LOG.log(WARNING, "a request was refused: {0}", e.getMessage());
      return Answer.unavailable();
    } catch (CloseConnectionException | RequestException e) {
      throw e; // the web server's own: the connection ended, or the request cannot be read
    } catch (InsufficientDataAvailableException e) {
      throw new CloseConnectionException("the client went away within its request", e);
    } catch (RuntimeException e) {
      LOG.log(ERROR, "a request failed by our own fault", e);
      return Answer.fault();
    }
  }
}
