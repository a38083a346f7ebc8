package io.portfoliostream.simulator.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The price process: a seeded geometric random walk per symbol, part of which all symbols share
/// and another part the symbols of a sector.
///
/// The walk itself is computed in `double`, as a random number has no exact value to lose; each
/// price becomes a `BigDecimal` on the tick grid (0.01 from one dollar up, 0.0001 below) at the
/// moment it leaves the walk, and everything that is money is computed from that. Time is what the
/// caller says it is. Not thread-safe: it belongs to the exchange.
public final class Prices {
  /// Seconds of trading in a year: 252 days of 6.5 hours. The simulator trades around the clock at
  /// the pace of a regular session.
  private static final double TRADING_SECONDS = 252 * 6.5 * 3600;

  private static final Duration LONGEST_STEP = Duration.ofMinutes(1);
  private static final BigDecimal ONE = BigDecimal.ONE;

  /// What a sector has in common, as a share of what the market has not; with its counterpart the
  /// squares sum up to one.
  private static final double SECTOR_SHARE = 0.6;

  private static final double OWN_SHARE = 0.8;
  private static final int LOT = 100;
  private static final int PRICE_SCALE = 4;

  private final Map<String, Walk> walks = new LinkedHashMap<>();
  private final List<Walk> order = new ArrayList<>();
  private final Map<String, Factor> sectors = new TreeMap<>();
  private final SequencedMap<String, Halt> halts = new LinkedHashMap<>();
  private final SeededRandom random;
  private final double speed;
  private final Factor market;
  private long lastTradeId;

  /// Starts every listing near its reference price.
  ///
  /// @param speed how many seconds of price movement one second of time brings
  public Prices(Listings listings, SeededRandom random, double speed, Instant now) {
    this.random = random;
    this.speed = speed;
    this.market = new Factor(now);
    for (var listing : listings.all()) {
      sectors.putIfAbsent(listing.sector(), new Factor(now));
      var walk = new Walk(listing, now);
      walks.put(listing.symbol(), walk);
      order.add(walk);
    }
  }

  /// Continues a saved process; symbols that it does not know start at their reference price.
  public Prices(Listings listings, MarketState saved, double speed, Instant now) {
    this(listings, new SeededRandom(saved.randomPosition()), speed, now);
    lastTradeId = saved.lastTradeId();
    market.level = saved.factor();
    saved.sectors().forEach((name, level) -> sector(name, now).level = level);
    saved.halts().forEach(halt -> halts.put(halt.symbol(), halt));
    for (var symbol : saved.symbols()) {
      Optional.ofNullable(walks.get(symbol.symbol())).ifPresent(walk -> walk.restore(symbol, now));
    }
    order.forEach(Walk::see);
  }

  /// Where a symbol stands.
  ///
  /// @throws IllegalArgumentException for a symbol that is not listed
  public Mark mark(String symbol) {
    return walk(symbol).mark();
  }

  /// One trade of a random symbol; empty when that symbol does not trade now.
  ///
  /// @param stocksTrade whether there is a session for stocks; coins always trade
  public Optional<Tick> next(Instant at, boolean stocksTrade) {
    var walk = order.get(random.nextInt(order.size()));
    market.move(at);
    walk.sector.move(at);
    boolean trades = stocksTrade || walk.listing.isCrypto() || !walk.listing.tradable();
    return trades && !isHalted(walk.listing.symbol())
        ? Optional.of(walk.step(at))
        : Optional.empty();
  }

  /// Stops the trading of a symbol.
  public StatusChange halt(String symbol, String reason, Instant at) {
    var listing = walk(symbol).listing;
    halts.put(symbol, new Halt(symbol, reason, at));
    return new StatusChange(symbol, listing.venue(), true, reason, at);
  }

  /// Lets a symbol trade again; empty when it does already.
  public Optional<StatusChange> resume(String symbol, Instant at) {
    var listing = walk(symbol).listing;
    return Optional.ofNullable(halts.remove(symbol))
        .map(halt -> new StatusChange(symbol, listing.venue(), false, halt.reason(), at));
  }

  /// Whether a symbol does not trade for the time being.
  public boolean isHalted(String symbol) {
    return halts.containsKey(symbol);
  }

  /// Gives every share of a symbol this many in its place, or this fraction of one: all of its
  /// prices shrink accordingly.
  public Tick split(String symbol, BigDecimal ratio, Instant at) {
    return walk(symbol).split(ratio, at);
  }

  /// One trade at a price that somebody dictates.
  public Tick move(String symbol, BigDecimal price, Instant at) {
    if (price.signum() <= 0) {
      throw new IllegalArgumentException("price is not positive: " + price);
    }
    return walk(symbol).jump(price, at);
  }

  /// Ends the minute before an instant: the bars of all symbols that traded in it.
  public List<MinuteBar> endMinute(Instant at) {
    var bars = new ArrayList<MinuteBar>();
    for (var walk : order) {
      if (walk.minute.trades() > 0) {
        bars.add(new MinuteBar(walk.listing.symbol(), walk.minute));
      }
      walk.minute = Bar.flat(at, walk.tick.price());
    }
    return bars;
  }

  /// Ends the trading day: last prices become the previous close.
  public void endDay(Instant at) {
    for (var walk : order) {
      walk.previousClose = walk.tick.price();
      walk.previousDay = walk.day;
      walk.day = Bar.flat(at, walk.tick.price());
    }
  }

  /// What to save.
  public MarketState state() {
    return new MarketState(
        random.position(),
        lastTradeId,
        market.level,
        sectors.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().level)),
        order.stream().map(Walk::saved).toList(),
        List.copyOf(halts.values()));
  }

  private Walk walk(String symbol) {
    var walk = walks.get(symbol);
    if (walk == null) {
      throw new IllegalArgumentException("not listed: " + symbol);
    }
    return walk;
  }

  private double years(Instant from, Instant to) {
    long nanos = Math.clamp(Duration.between(from, to).toNanos(), 0, LONGEST_STEP.toNanos());
    return nanos / 1e9 * speed / TRADING_SECONDS;
  }

  private static BigDecimal onGrid(double level) {
    return onGrid(BigDecimal.valueOf(level));
  }

  private static BigDecimal onGrid(BigDecimal price) {
    int scale = price.compareTo(ONE) >= 0 ? 2 : 4;
    return price.setScale(scale, RoundingMode.HALF_EVEN);
  }

  private Factor sector(String name, Instant now) {
    return sectors.computeIfAbsent(name, _ -> new Factor(now));
  }

  /// A movement that several symbols share.
  private final class Factor {
    private double level;
    private Instant movedAt;

    Factor(Instant now) {
      movedAt = now;
    }

    void move(Instant at) {
      level += Math.sqrt(years(movedAt, at)) * random.nextGaussian();
      movedAt = at;
    }
  }

  private final class Walk {
    private final Listing listing;
    private final Factor sector;
    private final double floor;
    private final double ceiling;
    private double level;
    private double marketSeen;
    private double sectorSeen;
    private Instant movedAt;
    private Tick tick;
    private BigDecimal previousClose;
    private Bar minute;
    private Bar day;
    private Bar previousDay;

    Walk(Listing listing, Instant now) {
      this.listing = listing;
      this.sector = sector(listing.sector(), now);
      this.floor = listing.referencePrice().doubleValue() / 20;
      this.ceiling = listing.referencePrice().doubleValue() * 20;
      this.previousClose = listing.referencePrice();
      // The first price is an overnight gap away from the close, about half a day's deviation.
      double gap = listing.annualVolatility() / Math.sqrt(252) / 2 * random.nextGaussian();
      this.level = listing.referencePrice().doubleValue() * Math.exp(gap);
      this.movedAt = now;
      this.tick = tick(onGrid(level), LOT, now);
      this.minute = Bar.flat(now.truncatedTo(ChronoUnit.MINUTES), tick.price());
      this.day = Bar.flat(now, tick.price());
      this.previousDay = Bar.flat(now.minus(1, ChronoUnit.DAYS), previousClose);
    }

    Mark mark() {
      return new Mark(tick, previousClose, minute, day, previousDay);
    }

    Tick step(Instant at) {
      double elapsed = years(movedAt, at);
      double common = listing.marketCorrelation();
      double rest = Math.sqrt(1 - common * common);
      double deviation =
          common * (market.level - marketSeen)
              + rest * SECTOR_SHARE * (sector.level - sectorSeen)
              + rest * OWN_SHARE * Math.sqrt(elapsed) * random.nextGaussian();
      double volatility = listing.annualVolatility();
      double moved =
          level * Math.exp(volatility * deviation - volatility * volatility * elapsed / 2);
      level = Math.clamp(moved, Math.min(floor, level / 2), Math.max(ceiling, level * 2));
      return trade(onGrid(level), at);
    }

    Tick jump(BigDecimal price, Instant at) {
      level = price.doubleValue();
      return trade(onGrid(price), at);
    }

    Tick split(BigDecimal ratio, Instant at) {
      previousClose = previousClose.divide(ratio, PRICE_SCALE, RoundingMode.HALF_UP);
      day = day.split(ratio);
      previousDay = previousDay.split(ratio);
      return jump(tick.price().divide(ratio, PRICE_SCALE, RoundingMode.HALF_UP), at);
    }

    /// What the market and the sector do from here on moves this price.
    void see() {
      marketSeen = market.level;
      sectorSeen = sector.level;
    }

    MarketState.Saved saved() {
      return new MarketState.Saved(
          listing.symbol(), level, tick.price(), tick.at(), previousClose, day, previousDay);
    }

    void restore(MarketState.Saved saved, Instant now) {
      level = saved.level();
      movedAt = now;
      previousClose = saved.previousClose();
      day = saved.day();
      previousDay = saved.previousDay();
      tick =
          new Tick(
              listing.symbol(),
              listing.venue(),
              lastTradeId,
              saved.last(),
              LOT,
              quote(saved.last()),
              saved.at());
      minute = Bar.flat(now.truncatedTo(ChronoUnit.MINUTES), saved.last());
    }

    private Tick trade(BigDecimal price, Instant at) {
      movedAt = at;
      see();
      int size = random.nextInt(10) == 0 ? LOT * random.nextInt(1, 10) : random.nextInt(1, LOT);
      tick = tick(price, size, at);
      minute = minute.with(price, size);
      day = day.with(price, size);
      return tick;
    }

    private Tick tick(BigDecimal price, int size, Instant at) {
      return new Tick(
          listing.symbol(), listing.venue(), ++lastTradeId, price, size, quote(price), at);
    }

    /// One grid step to each side, and one more for each hundred dollars of price.
    private Quote quote(BigDecimal price) {
      var grid = BigDecimal.ONE.movePointLeft(price.scale());
      var half = grid.multiply(BigDecimal.valueOf(1 + price.longValue() / 100));
      var bid = price.subtract(half).max(grid);
      int bidSize = LOT * random.nextInt(1, 12);
      int askSize = LOT * random.nextInt(1, 12);
      return new Quote(bid, bidSize, price.add(half), askSize);
    }
  }
}
