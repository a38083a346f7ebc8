package io.portfoliostream.server.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.protocol.Json;
import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.protocol.Problem.FieldError;
import io.portfoliostream.server.orders.OrderValidation.Checked.Invalid;
import io.portfoliostream.server.orders.OrderValidation.Checked.Valid;
import io.portfoliostream.server.portfolio.Order.Exits;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which requests may go to the broker. Each is written as the body of `POST /api/orders`.
class OrderValidationTest {
  private static final String BASE =
      "\"symbol\":\"AAPL\",\"side\":\"buy\",\"qty\":\"5\",\"timeInForce\":\"day\",";

  private static OrderRequest request(String fields) {
    return Json.read("{" + fields.replace('\'', '"') + "}", OrderRequest.class);
  }

  private static List<String> faults(String fields) {
    return switch (OrderValidation.check(request(fields))) {
      case Valid _ -> List.of();
      case Invalid(var errors) -> errors.stream().map(FieldError::field).toList();
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'symbol':'AAPL','side':'buy','type':'market','timeInForce':'day','qty':'5'",
        "'symbol':'AAPL','side':'buy','type':'market','timeInForce':'day','qty':'0.25'",
        "'symbol':'AAPL','side':'sell','type':'market','timeInForce':'opg','qty':'5'",
        "'symbol':'AAPL','side':'buy','type':'market','timeInForce':'day','notional':'100.50'",
        "'symbol':'AAPL','side':'buy','type':'limit','timeInForce':'gtc','qty':'5','limitPrice':'1.01'",
        "'symbol':'AAPL','side':'buy','type':'limit','timeInForce':'day','qty':'5','limitPrice':'0.1234'",
        "'symbol':'AAPL','side':'buy','type':'limit','timeInForce':'gtc','qty':'5','limitPrice':'9',"
            + "'extendedHours':true",
        "'symbol':'AAPL','side':'sell','type':'stop','timeInForce':'gtc','qty':'5','stopPrice':'90'",
        "'symbol':'AAPL','side':'sell','type':'stop_limit','timeInForce':'day','qty':'5',"
            + "'stopPrice':'90','limitPrice':'89'",
        "'symbol':'AAPL','side':'sell','type':'trailing_stop','timeInForce':'day','qty':'5',"
            + "'trailPrice':'1.50'",
        "'symbol':'AAPL','side':'sell','type':'trailing_stop','timeInForce':'gtc','qty':'5',"
            + "'trailPercent':'2.5'",
        "'symbol':'BTC/USD','side':'buy','type':'market','timeInForce':'gtc','qty':'0.000175822'",
        "'symbol':'BTC/USD','side':'buy','type':'limit','timeInForce':'ioc','qty':'1',"
            + "'limitPrice':'65000.125'",
        "'symbol':'AAPL','side':'buy','type':'market','timeInForce':'gtc','qty':'5',"
            + "'orderClass':'bracket','takeProfit':{'limitPrice':'120'},"
            + "'stopLoss':{'stopPrice':'90','limitPrice':'89'}",
        "'symbol':'AAPL','side':'sell','type':'limit','timeInForce':'gtc','qty':'5',"
            + "'orderClass':'oco','takeProfit':{'limitPrice':'120'},'stopLoss':{'stopPrice':'90'}",
        "'symbol':'AAPL','side':'buy','type':'limit','timeInForce':'day','qty':'5',"
            + "'limitPrice':'100','orderClass':'oto','stopLoss':{'stopPrice':'90'}",
        "'symbol':'AAPL','side':'buy','type':'market','timeInForce':'day','qty':'5',"
            + "'orderClass':'simple','strategyId':'momentum-1'"
      })
  void whatTheBrokerKnowsPasses(String fields) {
    assertThat(faults(fields)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'type':'limit' | limitPrice",
        "'type':'limit','limitPrice':'0' | limitPrice",
        "'type':'limit','limitPrice':'10.001' | limitPrice",
        "'type':'limit','limitPrice':'0.12345' | limitPrice",
        "'type':'limit','limitPrice':'10','stopPrice':'9' | stopPrice",
        "'type':'stop' | stopPrice",
        "'type':'stop','stopPrice':'9','limitPrice':'8' | limitPrice",
        "'type':'stop_limit','stopPrice':'9' | limitPrice",
        "'type':'trailing_stop' | trailPrice",
        "'type':'trailing_stop','trailPrice':'1','trailPercent':'1' | trailPercent",
        "'type':'trailing_stop','trailPercent':'100.01' | trailPercent",
        "'type':'market','trailPrice':'1' | trailPrice",
        "'type':'market','extendedHours':true | extendedHours",
        "'type':'iceberg' | type",
        "'type':'market','orderClass':'mleg' | orderClass",
        "'type':'market','takeProfit':{'limitPrice':'9'} | takeProfit",
        "'type':'market','stopLoss':{'stopPrice':'9'} | stopLoss",
        "'type':'market','strategyId':' ' | strategyId"
      })
  void theFieldAtFaultIsNamed(String fields, String field) {
    assertThat(faults(BASE + fields)).containsExactly(field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'timeInForce':'gtc','qty':'0.5','type':'market' | timeInForce",
        "'timeInForce':'ioc','qty':'5','type':'stop','stopPrice':'9' | timeInForce",
        "'timeInForce':'day','qty':'5','notional':'100','type':'market' | notional",
        "'timeInForce':'day','notional':'0.99','type':'market' | notional",
        "'timeInForce':'day','notional':'100','type':'limit','limitPrice':'9' | notional",
        "'timeInForce':'day','type':'market' | qty",
        "'timeInForce':'day','qty':'-1','type':'market' | qty",
        "'timeInForce':'day','qty':'1000000001','type':'market' | qty",
        "'timeInForce':'day','qty':'0.1234567891','type':'market' | qty",
        "'timeInForce':'forever','qty':'1','type':'market' | timeInForce",
        "'qty':'1','type':'market' | timeInForce"
      })
  void amountsAndTimesMustFitTheType(String fields, String field) {
    assertThat(faults("'symbol':'AAPL','side':'buy'," + fields)).containsExactly(field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'orderClass':'bracket','takeProfit':{'limitPrice':'120'} | stopLoss.stopPrice",
        "'orderClass':'bracket','stopLoss':{'stopPrice':'90'} | takeProfit.limitPrice",
        "'orderClass':'oto' | takeProfit",
        "'orderClass':'bracket','takeProfit':{'limitPrice':'80'},'stopLoss':{'stopPrice':'90'}"
            + " | stopLoss.stopPrice",
        "'orderClass':'oco','takeProfit':{'limitPrice':'80'},'stopLoss':{'stopPrice':'90'} | type",
        "'orderClass':'bracket','takeProfit':{'limitPrice':'120.001'},"
            + "'stopLoss':{'stopPrice':'90'} | takeProfit.limitPrice"
      })
  void exitsMustFitTheirClass(String fields, String field) {
    assertThat(faults(BASE + "'type':'market'," + fields)).containsExactly(field);
  }

  @Test
  void coinsTradeInTheirOwnTimesAndTypes() {
    assertThat(
            faults("'symbol':'BTC/USD','side':'buy','type':'market','timeInForce':'day','qty':'1'"))
        .containsExactly("timeInForce");
    assertThat(
            faults(
                "'symbol':'BTC/USD','side':'buy','type':'stop','timeInForce':'gtc','qty':'1',"
                    + "'stopPrice':'9'"))
        .containsExactly("type");
  }

  @Test
  void theTermsAreThoseOfTheRequest() {
    var checked =
        OrderValidation.check(
            request(
                "'symbol':'AAPL','side':'sell','type':'market','timeInForce':'gtc','qty':'5',"
                    + "'orderClass':'bracket','takeProfit':{'limitPrice':'80'},"
                    + "'stopLoss':{'stopPrice':'120','limitPrice':'121'},'strategyId':'s'"));

    assertThat(checked)
        .isInstanceOfSatisfying(
            Valid.class,
            valid -> {
              assertThat(valid.terms().orderClass()).isEqualTo("bracket");
              assertThat(valid.terms().strategyId()).isEqualTo("s");
              assertThat(valid.terms().exits())
                  .isEqualTo(
                      new Exits(
                          new BigDecimal("80"), new BigDecimal("120"), new BigDecimal("121")));
            });
  }
}
