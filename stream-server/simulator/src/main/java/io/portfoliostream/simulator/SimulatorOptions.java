package io.portfoliostream.simulator;

import io.portfoliostream.simulator.broker.ExchangeRules;
import io.portfoliostream.simulator.broker.FillPolicy;
import io.portfoliostream.simulator.edge.FrameKind;
import io.portfoliostream.simulator.market.Listings;
import io.portfoliostream.simulator.market.MarketHours;
import io.portfoliostream.simulator.rest.RateLimit;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a simulator is to be like.
///
/// Every option of the command line is here; `with` methods change one each, so that a test says
/// only what matters to it: `SimulatorOptions.defaults().withTicksPerSecond(0)`.
///
/// @param port 0 for any free port
/// @param dataDir where the state is kept, or null to keep it in memory only
/// @param seed where chance begins
/// @param speed seconds of price movement that one second brings
/// @param ticksPerSecond trades of all symbols together; 0 for prices that stand still
/// @param symbols how many symbols are listed
/// @param loadAccounts accounts beside the demo accounts
/// @param positionsPerAccount what each of those holds
/// @param tradingFrames frames of the trading stream
/// @param fresh whether to forget what the data folder keeps
/// @param connectionsPerAccount authorized connections of an account to one stream, 0 for any
///   number
/// @param requestsPerMinute REST requests of an account, 0 for any number
/// @param hours when stocks trade
public record SimulatorOptions(
    String host,
    int port,
    @Nullable Path dataDir,
    long seed,
    double speed,
    int ticksPerSecond,
    int symbols,
    int loadAccounts,
    int positionsPerAccount,
    FrameKind tradingFrames,
    boolean fresh,
    FillPolicy fills,
    int connectionsPerAccount,
    int requestsPerMinute,
    MarketHours hours) {
  private static final int MOST_ACCOUNTS = 50_000;
  private static final int MOST_REQUESTS = 1_000_000;

  public SimulatorOptions {
    within("--port", port, 0, 65_535);
    within("--ticks-per-second", ticksPerSecond, 0, ExchangeRules.MOST_TICKS);
    within("--symbols", symbols, 1, Listings.LARGEST);
    within("--accounts", loadAccounts, 0, MOST_ACCOUNTS);
    within("--positions-per-account", positionsPerAccount, 0, symbols);
    within("--requests-per-minute", requestsPerMinute, 0, MOST_REQUESTS);
    within("--connections", connectionsPerAccount, 0, MOST_ACCOUNTS);
    if (!(speed >= 0 && speed <= 1_000_000)) {
      throw new IllegalArgumentException("--speed must be 0 to 1000000: " + speed);
    }
  }

  /// A simulator on any free port of the loopback interface that forgets everything when it ends.
  public static SimulatorOptions defaults() {
    return new SimulatorOptions(
        "127.0.0.1",
        0,
        null,
        1,
        1,
        40,
        Listings.WELL_KNOWN,
        0,
        20,
        FrameKind.BINARY,
        false,
        FillPolicy.DEFAULT,
        1,
        RateLimit.USUAL,
        MarketHours.ALWAYS);
  }

  /// A simulator on another interface.
  public SimulatorOptions withHost(String value) {
    return new SimulatorOptions(
        value,
        port,
        dataDir,
        seed,
        speed,
        ticksPerSecond,
        symbols,
        loadAccounts,
        positionsPerAccount,
        tradingFrames,
        fresh,
        fills,
        connectionsPerAccount,
        requestsPerMinute,
        hours);
  }

  /// A simulator on this port.
  public SimulatorOptions withPort(int value) {
    return new SimulatorOptions(
        host,
        value,
        dataDir,
        seed,
        speed,
        ticksPerSecond,
        symbols,
        loadAccounts,
        positionsPerAccount,
        tradingFrames,
        fresh,
        fills,
        connectionsPerAccount,
        requestsPerMinute,
        hours);
  }

  /// A simulator that keeps its state in a folder.
  public SimulatorOptions withDataDir(@Nullable Path value) {
    return new SimulatorOptions(
        host,
        port,
        value,
        seed,
        speed,
        ticksPerSecond,
        symbols,
        loadAccounts,
        positionsPerAccount,
        tradingFrames,
        fresh,
        fills,
        connectionsPerAccount,
        requestsPerMinute,
        hours);
  }

  /// A simulator whose chance begins elsewhere.
  public SimulatorOptions withSeed(long value) {
    return new SimulatorOptions(
        host,
        port,
        dataDir,
        value,
        speed,
        ticksPerSecond,
        symbols,
        loadAccounts,
        positionsPerAccount,
        tradingFrames,
        fresh,
        fills,
        connectionsPerAccount,
        requestsPerMinute,
        hours);
  }

  /// A simulator whose prices move at another pace.
  public SimulatorOptions withSpeed(double value) {
    return new SimulatorOptions(
        host,
        port,
        dataDir,
        seed,
        value,
        ticksPerSecond,
        symbols,
        loadAccounts,
        positionsPerAccount,
        tradingFrames,
        fresh,
        fills,
        connectionsPerAccount,
        requestsPerMinute,
        hours);
  }

  /// A simulator with so many ticks per second; 0 for prices that stand still.
  public SimulatorOptions withTicksPerSecond(int value) {
    return new SimulatorOptions(
        host,
        port,
        dataDir,
        seed,
        speed,
        value,
        symbols,
        loadAccounts,
        positionsPerAccount,
        tradingFrames,
        fresh,
        fills,
        connectionsPerAccount,
        requestsPerMinute,
        hours);
  }

  /// A simulator with so many symbols.
  public SimulatorOptions withSymbols(int value) {
    return new SimulatorOptions(
        host,
        port,
        dataDir,
        seed,
        speed,
        ticksPerSecond,
        value,
        loadAccounts,
        positionsPerAccount,
        tradingFrames,
        fresh,
        fills,
        connectionsPerAccount,
        requestsPerMinute,
        hours);
  }

  /// A simulator with so many accounts beside the demo accounts.
  public SimulatorOptions withLoadAccounts(int value) {
    return new SimulatorOptions(
        host,
        port,
        dataDir,
        seed,
        speed,
        ticksPerSecond,
        symbols,
        value,
        positionsPerAccount,
        tradingFrames,
        fresh,
        fills,
        connectionsPerAccount,
        requestsPerMinute,
        hours);
  }

  /// A simulator whose load accounts hold so many positions.
  public SimulatorOptions withPositionsPerAccount(int value) {
    return new SimulatorOptions(
        host,
        port,
        dataDir,
        seed,
        speed,
        ticksPerSecond,
        symbols,
        loadAccounts,
        value,
        tradingFrames,
        fresh,
        fills,
        connectionsPerAccount,
        requestsPerMinute,
        hours);
  }

  /// A simulator with frames of this kind on the trading stream.
  public SimulatorOptions withTradingFrames(FrameKind value) {
    return new SimulatorOptions(
        host,
        port,
        dataDir,
        seed,
        speed,
        ticksPerSecond,
        symbols,
        loadAccounts,
        positionsPerAccount,
        value,
        fresh,
        fills,
        connectionsPerAccount,
        requestsPerMinute,
        hours);
  }

  /// A simulator that forgets, or keeps, what its folder has.
  public SimulatorOptions withFresh(boolean value) {
    return new SimulatorOptions(
        host,
        port,
        dataDir,
        seed,
        speed,
        ticksPerSecond,
        symbols,
        loadAccounts,
        positionsPerAccount,
        tradingFrames,
        value,
        fills,
        connectionsPerAccount,
        requestsPerMinute,
        hours);
  }

  /// A simulator that fills orders in this way.
  public SimulatorOptions withFills(FillPolicy value) {
    return new SimulatorOptions(
        host,
        port,
        dataDir,
        seed,
        speed,
        ticksPerSecond,
        symbols,
        loadAccounts,
        positionsPerAccount,
        tradingFrames,
        fresh,
        value,
        connectionsPerAccount,
        requestsPerMinute,
        hours);
  }

  /// A simulator with another limit of connections, 0 for none.
  public SimulatorOptions withConnectionsPerAccount(int value) {
    return new SimulatorOptions(
        host,
        port,
        dataDir,
        seed,
        speed,
        ticksPerSecond,
        symbols,
        loadAccounts,
        positionsPerAccount,
        tradingFrames,
        fresh,
        fills,
        value,
        requestsPerMinute,
        hours);
  }

  /// A simulator with another limit of REST requests, 0 for none.
  public SimulatorOptions withRequestsPerMinute(int value) {
    return new SimulatorOptions(
        host,
        port,
        dataDir,
        seed,
        speed,
        ticksPerSecond,
        symbols,
        loadAccounts,
        positionsPerAccount,
        tradingFrames,
        fresh,
        fills,
        connectionsPerAccount,
        value,
        hours);
  }

  /// A simulator with other hours.
  public SimulatorOptions withHours(MarketHours value) {
    return new SimulatorOptions(
        host,
        port,
        dataDir,
        seed,
        speed,
        ticksPerSecond,
        symbols,
        loadAccounts,
        positionsPerAccount,
        tradingFrames,
        fresh,
        fills,
        connectionsPerAccount,
        requestsPerMinute,
        value);
  }

  ExchangeRules rules() {
    return ExchangeRules.of(seed, speed, ticksPerSecond, fills).with(hours);
  }

  private static void within(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s must be %d to %d: %d".formatted(option, least, most, value));
    }
  }
}
