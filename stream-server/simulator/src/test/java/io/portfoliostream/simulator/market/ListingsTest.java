package io.portfoliostream.simulator.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ListingsTest {

  @Test
  void thirtyWellKnownSymbolsComeFirst() {
    var symbols = Listings.of(30).stocks();
    assertThat(symbols).hasSize(30).doesNotHaveDuplicates().contains("AAPL", "SPY", "F");
  }

  @Test
  void moreThanThatAreSynthetic() {
    var symbols = Listings.of(200).stocks();
    assertThat(symbols).hasSize(200).doesNotHaveDuplicates().contains("SIM001", "SIM170");
  }

  @Test
  void anAssetHasTheSameVersion4IdInEveryCatalogue() {
    var few = Listings.of(5).find("AAPL").orElseThrow();
    var many = Listings.of(100).find("AAPL").orElseThrow();
    assertThat(few.id()).isEqualTo(many.id());
    assertThat(few.id().version()).isEqualTo(4);
    assertThat(Listings.of(5).find(few.id())).contains(few);
  }

  @Test
  void theTestSymbolIsListedButCannotBeOrdered() {
    var listings = Listings.of(3);
    assertThat(listings.find("FAKEPACA").orElseThrow().tradable()).isFalse();
    assertThat(listings.stocks()).doesNotContain("FAKEPACA");
    assertThat(listings.stocks().size()).isEqualTo(3);
  }

  @Test
  void noSymbolsAtAllIsRefused() {
    assertThatThrownBy(() -> Listings.of(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
