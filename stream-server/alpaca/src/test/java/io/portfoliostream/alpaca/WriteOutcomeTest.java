package io.portfoliostream.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.alpaca.AlpacaException.OutcomeUnknown;
import io.portfoliostream.alpaca.AlpacaException.RateLimited;
import io.portfoliostream.alpaca.AlpacaException.Rejected;
import io.portfoliostream.alpaca.AlpacaException.Unauthorized;
import io.portfoliostream.alpaca.AlpacaException.Unreachable;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What is known of the effect of a write after each way in which it can fail.
class WriteOutcomeTest {
  private static final String CLOCK = Fixtures.text("clock.json");

  /// The writes, each of which is sent once whatever comes back.
  enum Write {
    SUBMIT,
    REPLACE,
    CANCEL;

    void call(AlpacaRest rest) {
      switch (this) {
        case SUBMIT -> rest.submit(AlpacaOrderRequest.market("SPY", BigDecimal.ONE, "buy", "pf-1"));
        case REPLACE ->
            rest.replace(
                "o1", new AlpacaReplaceRequest(BigDecimal.TWO, null, null, null, null, "pf-2"));
        case CANCEL -> rest.cancel("o1");
      }
    }
  }

  /// What the broker, or something before it, says.
  record Answer(int status, String body) {}

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final CountDownLatch stalled = new CountDownLatch(1);
  private final FakeRestServer server = new FakeRestServer();
  private final AlpacaRest rest = client(RestPolicy.defaults());

  @AfterEach
  void stop() {
    stalled.countDown();
    server.close();
    http.shutdownNow();
  }

  static Stream<Arguments> refusals() {
    return each(
        new Answer(400, "{\"code\":40010000,\"message\":\"malformed request\"}"),
        new Answer(403, "{\"code\":40310000,\"message\":\"insufficient buying power\"}"),
        new Answer(403, "{\"code\":40310000,\"message\":\"potential wash trade detected\"}"),
        new Answer(404, "{\"code\":40410000,\"message\":\"order not found for o1\"}"),
        new Answer(404, "<html>404 page not found</html>"),
        new Answer(409, "{\"message\":\"conflict\"}"),
        new Answer(422, "{\"code\":40010001,\"message\":\"qty or notional is required\"}"),
        new Answer(
            422,
            "{\"code\":40010001,\"message\":\"client_order_id must be no more than 128"
                + " characters\"}"),
        new Answer(
            422, "{\"code\":42210000,\"message\":\"order is already in \\\"filled\\\" state\"}"),
        new Answer(422, "not json"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusalHadNoEffectAndIsNoDuplicate(Write write, Answer answer) {
    server.then(answer.status(), answer.body());

    assertThatThrownBy(() -> write.call(rest))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> {
              assertThat(rejected.status()).isEqualTo(answer.status());
              assertThat(rejected.isDuplicateClientOrderId()).isFalse();
            });
    assertThat(server.requests()).hasSize(1);
  }

  static Stream<Arguments> duplicates() {
    return each(
        new Answer(422, "{\"code\":40010001,\"message\":\"client_order_id must be unique\"}"),
        new Answer(422, "{\"code\":42210000,\"message\":\"Client_Order_Id must be UNIQUE\"}"),
        new Answer(422, "{\"message\":\"duplicate client_order_id\"}"));
  }

  @ParameterizedTest
  @MethodSource("duplicates")
  void aDuplicateSaysThatAnEarlierTryArrived(Write write, Answer answer) {
    server.then(answer.status(), answer.body());

    assertThatThrownBy(() -> write.call(rest))
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.isDuplicateClientOrderId()).isTrue());
  }

  static Stream<Arguments> refusalsOfTheCredentials() {
    return each(
        new Answer(401, "<html>401 Authorization Required</html>"),
        new Answer(401, "{\"code\":40110000,\"message\":\"request is not authorized\"}"),
        new Answer(403, "{\"message\":\"forbidden.\"}"),
        new Answer(403, "<html>403 Forbidden</html>"));
  }

  @ParameterizedTest
  @MethodSource("refusalsOfTheCredentials")
  void wrongCredentialsHadNoEffect(Write write, Answer answer) {
    server.then(answer.status(), answer.body());

    assertThatThrownBy(() -> write.call(rest)).isInstanceOf(Unauthorized.class);
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Write.class)
  void tooManyRequestsHadNoEffect(Write write) {
    server.then(429, "{\"code\":42910000,\"message\":\"too many requests\"}", "Retry-After", "3");

    assertThatThrownBy(() -> write.call(rest))
        .isInstanceOfSatisfying(
            RateLimited.class,
            limited -> assertThat(limited.retryAfter()).isEqualTo(Duration.ofSeconds(3)));
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Write.class)
  void aServerThatIsNotThereReceivedNothing(Write write) {
    server.close();

    assertThatThrownBy(() -> write.call(rest)).isInstanceOf(Unreachable.class);
  }

  static Stream<Arguments> unclearAnswers() {
    return each(
        new Answer(500, "{\"code\":50010000,\"message\":\"internal server error\"}"),
        new Answer(502, "<html>Bad Gateway</html>"),
        new Answer(503, ""),
        new Answer(504, "<html>Gateway Time-out</html>"),
        new Answer(408, ""),
        new Answer(302, ""));
  }

  @ParameterizedTest
  @MethodSource("unclearAnswers")
  void anAnswerThatIsNeitherYesNorNoLeavesTheEffectUnknown(Write write, Answer answer) {
    server.then(answer.status(), answer.body());

    assertThatThrownBy(() -> write.call(rest)).isInstanceOf(OutcomeUnknown.class);
    assertThat(server.requests()).hasSize(1);
  }

  static Stream<Arguments> unreadableOrders() {
    return Stream.of(Write.SUBMIT, Write.REPLACE)
        .flatMap(write ->
            Stream.of(
                    "",
                    "<html>",
                    "[]",
                    "{\"id\":",
                    "{\"status\":\"new\"}",
                    "{\"id\":\"o1\",\"client_order_id\":\"c\",\"symbol\":\"SPY\","
                        + "\"status\":\"new\",\"qty\":\"many\"}")
                .map(body -> Arguments.of(write, body)));
  }

  @ParameterizedTest
  @MethodSource("unreadableOrders")
  void aYesThatCannotBeReadLeavesTheEffectUnknown(Write write, String body) {
    server.then(200, body);

    assertThatThrownBy(() -> write.call(rest)).isInstanceOf(OutcomeUnknown.class);
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Write.class)
  void aConnectionThatBreaksLeavesTheEffectUnknown(Write write) {
    server.then(FakeRestServer.Answer.cut());

    assertThatThrownBy(() -> write.call(rest)).isInstanceOf(OutcomeUnknown.class);
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Write.class)
  void aConnectionThatBreaksOnItsSecondRequestIsNotReplacedToSendAgain(Write write) {
    server.then(200, CLOCK).then(FakeRestServer.Answer.cut());
    assertThat(rest.clock().isOpen()).isTrue();

    assertThatThrownBy(() -> write.call(rest)).isInstanceOf(OutcomeUnknown.class);
    assertThat(server.requests()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(Write.class)
  void anAnswerThatDoesNotComeInTimeLeavesTheEffectUnknown(Write write) {
    server.then(FakeRestServer.Answer.stall(stalled));
    var hasty = client(RestPolicy.defaults().withRequestTimeout(Duration.ofMillis(200)));

    assertThatThrownBy(() -> write.call(hasty)).isInstanceOf(OutcomeUnknown.class);
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Write.class)
  void anInterruptedWaitForTheAnswerLeavesTheEffectUnknown(Write write) {
    server.then(FakeRestServer.Answer.stall(stalled));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> write.call(rest)).isInstanceOf(OutcomeUnknown.class);

    assertThat(Thread.interrupted()).isTrue();
  }

  static Stream<Exception> failuresBeforeSending() {
    return Stream.of(
        new ConnectException("Connection refused"),
        new HttpConnectTimeoutException("HTTP connect timed out"),
        new UnknownHostException("paper-api"),
        new IOException(new UnresolvedAddressException()),
        new SSLHandshakeException("certificate expired"));
  }

  @ParameterizedTest
  @MethodSource("failuresBeforeSending")
  void aFailureToConnectMeansThatNothingWasSent(Exception failure) {
    assertThat(RestFailures.ofFailure("POST /v2/orders", failure)).isInstanceOf(Unreachable.class);
  }

  static Stream<Exception> failuresAfterSending() {
    return Stream.of(
        new SocketException("Connection reset"),
        new EOFException("EOF reached while reading"),
        new IOException("HTTP/1.1 header parser received no bytes"),
        new HttpTimeoutException("request timed out"),
        new ClosedChannelException());
  }

  @ParameterizedTest
  @MethodSource("failuresAfterSending")
  void aFailureOfAnOpenConnectionLeavesTheEffectUnknown(Exception failure) {
    assertThat(RestFailures.ofFailure("POST /v2/orders", failure))
        .isInstanceOf(OutcomeUnknown.class);
  }

  /// Every write with each of the answers.
  private static Stream<Arguments> each(Answer... answers) {
    return Stream.of(Write.values())
        .flatMap(write -> Stream.of(answers).map(answer -> Arguments.of(write, answer)));
  }

  private AlpacaRest client(RestPolicy policy) {
    var stream = URI.create("ws://127.0.0.1:1/v2/iex");
    return new AlpacaRest(
        http,
        new AlpacaEndpoints(server.uri(), stream, server.uri(), stream),
        new AlpacaCredentials.ApiKey("PKTEST", "chocolate"),
        policy,
        new ManualTiming().timing());
  }
}
