package io.portfoliostream.server.gateway;

import static io.portfoliostream.server.market.Calendars.newYork;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.protocol.Json;
import io.portfoliostream.protocol.Problem;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.server.auth.Sessions.Opened;
import io.portfoliostream.server.market.Asset;
import io.portfoliostream.server.market.Calendars;
import io.portfoliostream.server.marks.Halt;
import io.portfoliostream.server.marks.Quote;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarketRoutesTest {
  private final GatewayFixture gateway = new GatewayFixture();
  private final Opened session = gateway.session("ada");

  @AfterEach
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/market/clock", "/api/assets?query=a", "/api/quotes?symbols=AAPL"})
  void withoutASessionNothingIsTold(String path) throws Exception {
    var response = gateway.ask("GET " + path + " HTTP/1.1", "Host: localhost");

    assertThat(response.status()).isEqualTo(401);
  }

  @Test
  void theSessionIsToldWithTheNextOpenAndClose() throws Exception {
    gateway.marketClock.learn(Calendars.calendar());

    var response = gateway.get("/api/market/clock", session);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).contains("\"session\":\"core\"", "\"isOpen\":true");
    assertThat(Json.read(response.body(), Rest.MarketClock.class))
        .isEqualTo(
            new Rest.MarketClock(
                Rest.MarketClock.Session.CORE,
                true,
                newYork(24, "09:30"),
                newYork(23, "16:00"),
                gateway.clock.instant()));
    gateway.clock.advance(Duration.ofHours(9));
    assertThat(gateway.get("/api/market/clock", gateway.session("bob")).body())
        .contains("\"session\":\"overnight\"", "\"isOpen\":false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/market/clock", "/api/assets?query=a"})
  void whatIsNotKnownYetIsNotGuessed(String path) throws Exception {
    var response = gateway.get(path, session);

    assertThat(response.status()).isEqualTo(503);
    assertThat(Json.read(response.body(), Problem.class).code()).isEqualTo("unavailable");
    assertThat(response.header("Retry-After")).isEqualTo("5");
  }

  @Test
  void assetsAreFoundBySymbolAndName() throws Exception {
    gateway.assets.learn(
        List.of(
            new Asset("AAPL", "Apple Inc.", "us_equity", "NASDAQ", true, true, true),
            new Asset("PINE", "Pineapple Growers", "us_equity", "NYSE", true, false, false)));

    var response = gateway.get("/api/assets?query=appl&limit=1", session);

    assertThat(response.body()).contains("\"class\":\"us_equity\"");
    assertThat(Json.read(response.body(), Rest.Assets.class).assets())
        .containsExactly(
            new Rest.Assets.Asset("AAPL", "Apple Inc.", "us_equity", "NASDAQ", true, true, true));
    assertThat(gateway.get("/api/assets?query=appl", session).body()).contains("AAPL", "PINE");
    assertThat(gateway.get("/api/assets?query=zzz", session).body()).contains("\"assets\":[]");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/assets,                        query",
    "/api/assets?query=%20,              query",
    "/api/assets?query=a&limit=51,       limit",
    "/api/quotes,                        symbols",
    "/api/quotes?symbols=,               symbols",
    "'/api/quotes?symbols=AAPL,',        symbols"
  })
  void aParameterAtFaultIsNamed(String path, String field) throws Exception {
    var problem = problem(path);

    assertThat(Objects.requireNonNull(problem.errors()))
        .extracting(Problem.FieldError::field)
        .containsExactly(field);
  }

  @Test
  void quotesComeInTheOrderOfTheQuestionWithTheirSourceAndHalts() throws Exception {
    var now = gateway.clock.instant();
    var size = new BigDecimal("100");
    var offers =
        new Quote.Offers(new BigDecimal("190.49"), size, new BigDecimal("190.51"), size, now);
    var last = new Quote.Last(new BigDecimal("190.50"), now);
    gateway.quotes =
        _ ->
            Map.of(
                "AAPL",
                new Quote("AAPL", last, offers, now, false, Quote.Source.STREAM, null),
                "MSFT",
                new Quote(
                    "MSFT",
                    null,
                    null,
                    null,
                    true,
                    Quote.Source.POLL,
                    new Halt("MSFT", "News pending", now)));

    var response = gateway.get("/api/quotes?symbols=MSFT,AAPL", session);

    var quotes = Json.read(response.body(), Rest.Quotes.class).quotes();
    assertThat(quotes).extracting(Rest.Quotes.Quote::symbol).containsExactly("MSFT", "AAPL");
    assertThat(response.body()).contains("\"source\":\"stream\"", "\"source\":\"poll\"");
    assertThat(quotes.getFirst().stale()).isTrue();
    assertThat(quotes.getFirst().halted()).isTrue();
    assertThat(quotes.getFirst().haltReason()).isEqualTo("News pending");
    assertThat(quotes.getFirst().last()).isNull();
    assertThat(quotes.getLast().bid()).isEqualByComparingTo("190.49");
    assertThat(quotes.getLast().quotedAt()).isEqualTo(now);
    assertThat(quotes.getLast().halted()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"'AAPL,aapl,MSFT', aapl", "'AAPL,GHOST', GHOST"})
  void theBadSymbolIsNamed(String symbols, String bad) throws Exception {
    gateway.quotes = MarketRoutesTest::allButGhosts;

    var problem = problem("/api/quotes?symbols=" + symbols);

    assertThat(Objects.requireNonNull(problem.errors()).getFirst().message()).contains(bad);
  }

  @Test
  void fiftySymbolsAreAnsweredAndOneMoreIsTooMany() throws Exception {
    gateway.quotes = MarketRoutesTest::allButGhosts;

    assertThat(gateway.get("/api/quotes?symbols=" + symbols(50), session).status()).isEqualTo(200);
    assertThat(Objects.requireNonNull(problem("/api/quotes?symbols=" + symbols(51)).errors()))
        .first()
        .extracting(Problem.FieldError::message)
        .isEqualTo("at most 50 symbols");
  }

  private static String symbols(int count) {
    return IntStream.range(0, count).mapToObj("S%d"::formatted).collect(Collectors.joining(","));
  }

  private static Map<String, Quote> allButGhosts(Collection<String> symbols) {
    var quotes = new HashMap<String, Quote>();
    symbols.stream()
        .filter(symbol -> !symbol.equals("GHOST"))
        .forEach(symbol ->
            quotes.put(symbol, new Quote(symbol, null, null, null, true, Quote.Source.POLL, null)));
    return quotes;
  }

  private Problem problem(String path) throws Exception {
    var response = gateway.get(path, session);
    assertThat(response.status()).as(response.body()).isEqualTo(422);
    return Json.read(response.body(), Problem.class);
  }
}
