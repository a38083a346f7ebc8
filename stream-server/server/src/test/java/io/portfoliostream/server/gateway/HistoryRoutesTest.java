package io.portfoliostream.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.protocol.Json;
import io.portfoliostream.protocol.Problem;
import io.portfoliostream.protocol.Problem.FieldError;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.server.broker.BrokerUnavailable;
import io.portfoliostream.server.broker.EquityCurve;
import io.portfoliostream.server.broker.EquityHistory;
import io.portfoliostream.server.broker.EquityQuery;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryRoutesTest {
  private static final Instant AS_OF = Instant.parse("2026-11-26T15:00:00Z");
  private static final EquityCurve CURVE =
      new EquityCurve(
          "1D",
          new BigDecimal("100000"),
          LocalDate.of(2026, 11, 20),
          List.of(
              new EquityCurve.Point(AS_OF, new BigDecimal("100000.10"), null, null),
              new EquityCurve.Point(
                  AS_OF.plusSeconds(60),
                  new BigDecimal("101234.57"),
                  new BigDecimal("1234.57"),
                  new BigDecimal("0.0123457"))));

  private final GatewayFixture gateway = new GatewayFixture();
  private final List<EquityQuery> asked = new ArrayList<>();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void theCurveIsToldInDecimals() throws Exception {
    tell(CURVE);

    var response = gateway.get("/api/portfolio/history?period=3M", gateway.session("ada"));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).contains("\"equity\":\"101234.57\"", "\"2026-11-20\"");
    var history = Json.read(response.body(), Rest.History.class);
    assertThat(history.asOf()).isEqualTo(AS_OF);
    assertThat(history.period()).isEqualTo("3M");
    assertThat(history.timeframe()).isEqualTo("1D");
    assertThat(history.baseValue()).isEqualTo("100000");
    assertThat(history.points())
        .containsExactly(
            new Rest.History.Point(AS_OF, new BigDecimal("100000.10"), null, null),
            new Rest.History.Point(
                AS_OF.plusSeconds(60),
                new BigDecimal("101234.57"),
                new BigDecimal("1234.57"),
                new BigDecimal("1.23")));
  }

  @ParameterizedTest
  @CsvSource({
    "'',                         1M,  1H",
    "?period=1D,                 1D,  5Min",
    "?period=1W,                 1W,  15Min",
    "?period=7D&timeframe=1Min,  7D,  1Min",
    "?period=1A,                 1A,  1D",
    "?period=5A&timeframe=1D,    5A,  1D"
  })
  void whatIsNotAskedForIsFineEnoughForAChart(String query, String period, String timeframe)
      throws Exception {
    tell(CURVE);

    var response = gateway.get("/api/portfolio/history" + query, gateway.session("ada"));

    assertThat(response.status()).isEqualTo(200);
    assertThat(asked).containsExactly(new EquityQuery(period, timeframe));
  }

  @ParameterizedTest
  @CsvSource({
    "?period=0D,                  period",
    "?period=6A,                  period",
    "?period=1Y,                  period",
    "?period=99999D,              period",
    "?period=1D&timeframe=1Day,   timeframe",
    "?period=8D&timeframe=1Min,   timeframe",
    "?period=31D&timeframe=1H,    timeframe",
    "?period=x&timeframe=y,       period timeframe"
  })
  void whatIsOutOfBoundsIsNamedAndNotAskedFor(String query, String fields) throws Exception {
    tell(CURVE);

    var response = gateway.get("/api/portfolio/history" + query, gateway.session("ada"));

    assertThat(response.status()).isEqualTo(422);
    assertThat(Json.read(response.body(), Problem.class).errors())
        .extracting(FieldError::field)
        .containsExactly(fields.split(" "));
    assertThat(asked).isEmpty();
  }

  @Test
  void aBrokerThatIsAwayIsUnavailableAndNoAccountIsNotFound() throws Exception {
    var session = gateway.session("ada");
    gateway.equity =
        (_, _) -> {
          throw new BrokerUnavailable("no route", null);
        };
    var away = gateway.get("/api/portfolio/history", session);
    assertThat(away.status()).isEqualTo(503);
    assertThat(Json.read(away.body(), Problem.class).code()).isEqualTo("unavailable");
    assertThat(away.header("Retry-After")).isEqualTo("5");

    gateway.equity = (_, _) -> Optional.empty();
    var none = gateway.get("/api/portfolio/history", session);
    assertThat(none.status()).isEqualTo(404);
    assertThat(Json.read(none.body(), Problem.class).code()).isEqualTo("not_found");
  }

  @Test
  void theCurveIsForItsOwnerOnly() throws Exception {
    assertThat(gateway.ask("GET /api/portfolio/history HTTP/1.1", "Host: localhost").status())
        .isEqualTo(401);
  }

  private void tell(EquityCurve curve) {
    gateway.equity =
        (_, query) -> {
          asked.add(query);
          return Optional.of(new EquityHistory.Told(curve, AS_OF));
        };
  }
}
