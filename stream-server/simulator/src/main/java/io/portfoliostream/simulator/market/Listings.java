package io.portfoliostream.simulator.market;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;

/// The catalogue of symbols: well-known companies first, then synthetic ones.
public final class Listings {
  /// How many symbols are real companies and funds.
  public static final int WELL_KNOWN = 30;

  /// The most symbols a catalogue may have.
  public static final int LARGEST = 5_000;

  /// The symbol of the test feed, which is quoted only there.
  public static final String TEST_SYMBOL = "FAKEPACA";

  // symbol | name | venue | price | annual volatility | correlation with the market | sector
  private static final String TABLE =
      """
      AAPL|Apple Inc. Common Stock|NASDAQ|232.50|0.27|0.70|technology
      MSFT|Microsoft Corporation Common Stock|NASDAQ|428.10|0.24|0.72|technology
      NVDA|NVIDIA Corporation Common Stock|NASDAQ|142.30|0.48|0.66|technology
      AMZN|Amazon.com, Inc. Common Stock|NASDAQ|203.40|0.31|0.67|consumer
      GOOGL|Alphabet Inc. Class A Common Stock|NASDAQ|176.80|0.29|0.66|communication
      META|Meta Platforms, Inc. Class A Common Stock|NASDAQ|563.20|0.35|0.62|communication
      TSLA|Tesla, Inc. Common Stock|NASDAQ|339.60|0.58|0.50|consumer
      SPY|SPDR S&P 500 ETF Trust|ARCA|591.20|0.15|0.98|
      QQQ|Invesco QQQ Trust, Series 1|NASDAQ|503.60|0.20|0.94|technology
      JPM|JPMorgan Chase & Co. Common Stock|NYSE|243.90|0.23|0.63|finance
      V|Visa Inc. Class A Common Stock|NYSE|309.10|0.20|0.62|finance
      UNH|UnitedHealth Group Incorporated Common Stock|NYSE|588.60|0.26|0.38|health
      XOM|Exxon Mobil Corporation Common Stock|NYSE|121.30|0.24|0.40|energy
      JNJ|Johnson & Johnson Common Stock|NYSE|155.20|0.17|0.35|health
      WMT|Walmart Inc. Common Stock|NYSE|87.90|0.19|0.40|staples
      PG|Procter & Gamble Company Common Stock|NYSE|173.60|0.17|0.38|staples
      MA|Mastercard Incorporated Class A Common Stock|NYSE|521.40|0.21|0.63|finance
      HD|Home Depot, Inc. Common Stock|NYSE|408.70|0.23|0.55|consumer
      COST|Costco Wholesale Corporation Common Stock|NASDAQ|938.50|0.22|0.52|staples
      NFLX|Netflix, Inc. Common Stock|NASDAQ|884.30|0.36|0.50|communication
      AMD|Advanced Micro Devices, Inc. Common Stock|NASDAQ|139.20|0.50|0.60|technology
      KO|Coca-Cola Company Common Stock|NYSE|63.80|0.15|0.38|staples
      PEP|PepsiCo, Inc. Common Stock|NASDAQ|158.90|0.17|0.36|staples
      DIS|Walt Disney Company Common Stock|NYSE|114.60|0.28|0.52|communication
      INTC|Intel Corporation Common Stock|NASDAQ|24.60|0.47|0.48|technology
      BAC|Bank of America Corporation Common Stock|NYSE|46.70|0.26|0.60|finance
      CSCO|Cisco Systems, Inc. Common Stock|NASDAQ|58.20|0.20|0.56|technology
      CRM|Salesforce, Inc. Common Stock|NYSE|330.20|0.33|0.57|technology
      ORCL|Oracle Corporation Common Stock|NYSE|188.40|0.31|0.55|technology
      F|Ford Motor Company Common Stock|NYSE|11.15|0.34|0.45|consumer
      """;

  /// Well-known symbols with which not everything may be done, so that refusals can be tried.
  private static final String NOT_FRACTIONABLE = "ORCL";

  private static final String HARD_TO_BORROW = "CRM";

  private static final List<String> SECTORS =
      List.of("technology", "consumer", "communication", "finance", "health", "energy", "staples");

  private final SequencedMap<String, Listing> bySymbol = new LinkedHashMap<>();
  private final Map<String, Listing> byPositionSymbol = new HashMap<>();

  private Listings(List<Listing> listings) {
    listings.forEach(listing -> bySymbol.put(listing.symbol(), listing));
    listings.forEach(listing -> byPositionSymbol.put(listing.positionSymbol(), listing));
  }

  /// A catalogue of so many tradable symbols and the test symbol.
  public static Listings of(int count) {
    if (count < 1 || count > LARGEST) {
      throw new IllegalArgumentException("symbols must be 1 to " + LARGEST + ": " + count);
    }
    var listings = new ArrayList<Listing>();
    TABLE.lines().limit(count).map(Listings::parse).forEach(listings::add);
    for (int number = 1; listings.size() < count; number++) {
      listings.add(synthetic(number));
    }
    listings.add(coin("BTC/USD", "Bitcoin / US Dollar", "68250.00", 0.55));
    listings.add(coin("ETH/USD", "Ethereum / US Dollar", "2640.00", 0.70));
    listings.add(
        new Listing(
            idOf(TEST_SYMBOL),
            TEST_SYMBOL,
            "Test feed symbol",
            ListingVenue.NASDAQ,
            new BigDecimal("134.00"),
            0.25,
            0,
            "",
            Traits.QUOTED));
    return new Listings(listings);
  }

  /// How many stocks a saved market has.
  public static int countStocks(MarketState saved) {
    return (int)
        saved.symbols().stream().map(MarketState.Saved::symbol).filter(Listings::isStock).count();
  }

  /// Whether a symbol is that of a stock.
  public static boolean isStock(String symbol) {
    return !isCoin(symbol) && !symbol.equals(TEST_SYMBOL);
  }

  /// Whether a symbol is that of a coin.
  public static boolean isCoin(String symbol) {
    return symbol.contains("/");
  }

  /// The listing of a symbol; coins are also found without their slash.
  public Optional<Listing> find(String symbol) {
    return Optional.ofNullable(bySymbol.get(symbol))
        .or(() -> Optional.ofNullable(byPositionSymbol.get(symbol)));
  }

  /// The listing with this asset id.
  public Optional<Listing> find(UUID id) {
    return bySymbol.values().stream().filter(listing -> listing.id().equals(id)).findFirst();
  }

  /// Every listing, in the order of the catalogue.
  public Collection<Listing> all() {
    return bySymbol.sequencedValues();
  }

  /// The stocks that can be ordered.
  public List<String> stocks() {
    return all().stream()
        .filter(listing -> listing.tradable() && !listing.isCrypto())
        .map(Listing::symbol)
        .toList();
  }

  private static Listing parse(String line) {
    String[] cells = line.split("\\|", -1);
    return new Listing(
        idOf(cells[0]),
        cells[0],
        cells[1],
        ListingVenue.valueOf(cells[2]),
        new BigDecimal(cells[3]),
        Double.parseDouble(cells[4]),
        Double.parseDouble(cells[5]),
        cells[6],
        new Traits(
            AssetClass.US_EQUITY,
            true,
            !cells[0].equals(NOT_FRACTIONABLE),
            !cells[0].equals(HARD_TO_BORROW),
            true));
  }

  private static Listing synthetic(int number) {
    var random = new SeededRandom(number);
    var price = BigDecimal.valueOf(random.nextLong(1_000, 40_000), 2);
    return new Listing(
        idOf("SIM%03d".formatted(number)),
        "SIM%03d".formatted(number),
        "Simulated Company " + number + " Common Stock",
        number % 2 == 0 ? ListingVenue.NYSE : ListingVenue.NASDAQ,
        price,
        random.nextDouble(0.15, 0.60),
        random.nextDouble(0.20, 0.80),
        SECTORS.get(number % SECTORS.size()),
        Traits.STOCK);
  }

  private static Listing coin(String symbol, String name, String price, double volatility) {
    return new Listing(
        idOf(symbol),
        symbol,
        name,
        ListingVenue.CRYPTO,
        new BigDecimal(price),
        volatility,
        0.30,
        "crypto",
        Traits.COIN);
  }

  /// The same asset has the same id in every run, shaped as a version 4 UUID like all of the
  /// broker's ids.
  private static UUID idOf(String symbol) {
    var name = UUID.nameUUIDFromBytes(("asset:" + symbol).getBytes(StandardCharsets.UTF_8));
    return new UUID(
        (name.getMostSignificantBits() & ~0xF000L) | 0x4000L, name.getLeastSignificantBits());
  }
}
