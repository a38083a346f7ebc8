package io.portfoliostream.simulator;

import io.portfoliostream.simulator.broker.AccountBook;
import io.portfoliostream.simulator.broker.AccountProfile;
import io.portfoliostream.simulator.broker.AccountState;
import io.portfoliostream.simulator.broker.Balance;
import io.portfoliostream.simulator.broker.Position;
import io.portfoliostream.simulator.market.Listings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The accounts with which a simulator begins, and the keys by which tests and demos know them.
///
/// | name | key | secret |
/// |---|---|---|
/// | `demo` | `PKDEMO00000000000001` | `demo-secret-demo-secret-demo-secret-0001` |
/// | `demo2` | `PKDEMO00000000000002` | `demo-secret-demo-secret-demo-secret-0002` |
/// | `admin` | `PKDEMO00000000000003` | `demo-secret-demo-secret-demo-secret-0003` |
/// | `load0001` … | `PKLOAD00000000000001` … | `load-secret-load-secret-load-0001` … |
///
/// Each began with 100,000 dollars and spent part of them on what it holds. None of these secrets
/// is secret: they open nothing but simulated accounts.
public final class DemoAccounts {
  private static final BigDecimal LOAD_BUDGET = new BigDecimal("60000");
  private static final int MULTIPLIER = 2;

  private static final List<Holding> DEMO =
      List.of(
          new Holding("AAPL", 40, "0.942"),
          new Holding("MSFT", 18, "0.971"),
          new Holding("NVDA", 60, "0.887"),
          new Holding("AMZN", 25, "1.024"),
          new Holding("GOOGL", 30, "0.958"),
          new Holding("TSLA", 12, "1.061"),
          new Holding("JPM", 20, "0.933"),
          new Holding("KO", 90, "1.012"),
          new Holding("SPY", 15, "0.976"));

  private static final List<Holding> DEMO2 =
      List.of(
          new Holding("META", 15, "0.951"),
          new Holding("AMD", 50, "1.043"),
          new Holding("COST", 8, "0.964"),
          new Holding("DIS", 45, "1.031"),
          new Holding("XOM", 60, "0.985"),
          new Holding("QQQ", 22, "0.969"));

  private static final List<Holding> ADMIN =
      List.of(
          new Holding("SPY", 50, "0.982"),
          new Holding("JNJ", 70, "1.008"),
          new Holding("WMT", 110, "0.927"));

  private DemoAccounts() {}

  /// A position to begin with.
  ///
  /// @param paid entry price as a multiple of the reference price
  private record Holding(String symbol, int qty, String paid) {}

  /// The key of a demo account: 1 is `demo`, 2 is `demo2`, 3 is `admin`.
  public static String demoKey(int number) {
    return "PKDEMO%014d".formatted(number);
  }

  /// The secret of a demo account.
  public static String demoSecret(int number) {
    return "demo-secret-demo-secret-demo-secret-%04d".formatted(number);
  }

  /// The key of a load account, from 1.
  public static String loadKey(int number) {
    return "PKLOAD%014d".formatted(number);
  }

  /// The secret of a load account.
  public static String loadSecret(int number) {
    return "load-secret-load-secret-load-%04d".formatted(number);
  }

  /// The name of a load account.
  public static String loadName(int number) {
    return "load%04d".formatted(number);
  }

  /// The accounts that options ask for.
  static List<AccountState> of(SimulatorOptions options, Listings listings, Instant now) {
    var accounts = new ArrayList<AccountState>();
    accounts.add(demo("demo", 1, DEMO, listings, now));
    accounts.add(demo("demo2", 2, DEMO2, listings, now));
    accounts.add(demo("admin", 3, ADMIN, listings, now));
    for (int number = 1; number <= options.loadAccounts(); number++) {
      accounts.add(load(number, options.positionsPerAccount(), listings, now));
    }
    return accounts;
  }

  private static AccountState demo(
      String name, int number, List<Holding> holdings, Listings listings, Instant now) {
    var profile = profile(name, demoKey(number), demoSecret(number), number, now);
    var positions =
        holdings.stream()
            .filter(holding -> listings.find(holding.symbol()).isPresent())
            .map(holding -> position(holding, listings))
            .toList();
    return account(profile, positions, listings);
  }

  private static AccountState load(int number, int count, Listings listings, Instant now) {
    var symbols = listings.stocks();
    var positions = new ArrayList<Position>();
    for (int index = 0; index < count; index++) {
      var symbol = symbols.get((int) (((long) number * count + index) % symbols.size()));
      var price = listings.find(symbol).orElseThrow().referencePrice();
      var share = LOAD_BUDGET.divide(BigDecimal.valueOf(count), 2, RoundingMode.DOWN);
      int qty = Math.max(1, share.divide(price, 0, RoundingMode.DOWN).intValueExact());
      positions.add(position(new Holding(symbol, qty, "0.98"), listings));
    }
    var profile =
        profile(loadName(number), loadKey(number), loadSecret(number), 1000 + number, now);
    return account(profile, positions, listings);
  }

  private static Position position(Holding holding, Listings listings) {
    var reference = listings.find(holding.symbol()).orElseThrow().referencePrice();
    var paid = reference.multiply(new BigDecimal(holding.paid())).setScale(2, RoundingMode.HALF_UP);
    return Position.overnight(holding.symbol(), BigDecimal.valueOf(holding.qty()), paid);
  }

  private static AccountProfile profile(
      String name, String key, String secret, int number, Instant now) {
    var digest = UUID.nameUUIDFromBytes(("account:" + name).getBytes(StandardCharsets.UTF_8));
    var id =
        new UUID(
            (digest.getMostSignificantBits() & ~0xF000L) | 0x4000L,
            digest.getLeastSignificantBits());
    return new AccountProfile(
        id, name, key, secret, "PA3SIM%06d".formatted(number), MULTIPLIER, true, now);
  }

  private static AccountState account(
      AccountProfile profile, List<Position> positions, Listings listings) {
    var cost = BigDecimal.ZERO;
    var value = BigDecimal.ZERO;
    for (var position : positions) {
      var close = listings.find(position.symbol()).orElseThrow().referencePrice();
      cost = cost.add(position.costBasis());
      value = value.add(position.marketValue(close));
    }
    var cash = AccountBook.OPENING_DEPOSIT.subtract(cost);
    var maintenance = value.multiply(new BigDecimal("0.3"));
    return AccountState.begin(profile, new Balance(cash, cash.add(value), maintenance), positions);
  }
}
