package io.portfoliostream.server.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssetDirectoryTest {
  private final AssetDirectory assets = new AssetDirectory();

  AssetDirectoryTest() {
    assets.learn(
        List.of(
            asset("AAPL", "Apple Inc. Common Stock", true),
            asset("AAP", "Advance Auto Parts Inc.", true),
            asset("APLE", "Apple Hospitality REIT", true),
            asset("AAPB", "Old listing", false),
            asset("MSFT", "Microsoft Corporation", true),
            asset("F", "Ford Motor Company", true),
            asset("PFE", "Pfizer Inc.", true),
            asset("PINE", "Pineapple Growers", true)));
  }

  @ParameterizedTest
  @CsvSource({
    "AAP,       AAP AAPL AAPB",
    "aapl,      AAPL",
    "f,         F MSFT PFE",
    "apple,     AAPL APLE PINE",
    "motor,     F",
    "'  msft ', MSFT",
    "nothing,   ''"
  })
  void symbolsThatBeginSoComeFirstThenNames(String query, String expected) {
    assertThat(assets.search(query, 50))
        .extracting(Asset::symbol)
        .containsExactly(expected.isEmpty() ? new String[0] : expected.split(" ", -1));
  }

  @Test
  void noMoreThanWantedIsFound() {
    assertThat(assets.search("a", 2)).extracting(Asset::symbol).containsExactly("AAP", "AAPL");
  }

  @Test
  void aNewListStandsInPlaceOfTheOldOne() {
    assets.learn(List.of(asset("NEW", "New Company", true)));

    assertThat(assets.find("AAPL")).isEmpty();
    assertThat(assets.find("NEW")).isPresent();
  }

  private static Asset asset(String symbol, String name, boolean tradable) {
    return new Asset(symbol, name, "us_equity", "NASDAQ", tradable, true, true);
  }
}
