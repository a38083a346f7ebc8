package io.portfoliostream.server;

import io.portfoliostream.alpaca.AlpacaCredentials;
import io.portfoliostream.alpaca.AlpacaCredentials.ApiKey;
import io.portfoliostream.alpaca.AlpacaEndpoints;
import io.portfoliostream.alpaca.AlpacaMarketRest;
import io.portfoliostream.alpaca.MarketChannel;
import io.portfoliostream.alpaca.MarketStream;
import io.portfoliostream.alpaca.MarketStreamListener;
import io.portfoliostream.alpaca.RequestRates;
import io.portfoliostream.alpaca.RestPolicy;
import io.portfoliostream.alpaca.Scheduler;
import io.portfoliostream.alpaca.StreamPolicy;
import io.portfoliostream.alpaca.StreamRuntime;
import io.portfoliostream.alpaca.Timing;
import io.portfoliostream.server.broker.AlpacaConnector;
import io.portfoliostream.server.broker.AlpacaMarketReads;
import io.portfoliostream.server.broker.AlpacaTickStream;
import io.portfoliostream.server.broker.Drive;
import io.portfoliostream.server.broker.MarketReads;
import io.portfoliostream.server.broker.TickStream;
import io.portfoliostream.server.config.BrokerConfig;
import io.portfoliostream.server.config.BrokerConfig.Environment;
import io.portfoliostream.server.config.BrokerConfig.Feed;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The connection to the broker: the real one or the simulator, by configuration alone.
final class BrokerSide implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /// With [#QUOTES_PER_MINUTE] and both bursts below Alpaca's 200.
  private static final int PRICES_PER_MINUTE = 100;

  private static final int QUOTES_PER_MINUTE = 50;
  private static final int QUOTES_AT_ONCE = 10;

  /// Clock, calendar and assets are read with a key that may trade too.
  private static final int FACTS_PER_MINUTE = 10;

  private static final int BURST_PART = 10;

  private final BrokerConfig config;
  private final Platform platform;
  private final AlpacaEndpoints endpoints;
  private final HttpClient http;
  private final Timing timing;
  private final StreamRuntime runtime;

  BrokerSide(BrokerConfig config, Platform platform) {
    this.config = config;
    this.platform = platform;
    this.endpoints = endpoints(config);
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(platform.workers())
            .build();
    this.timing =
        new Timing(platform.clock(), platform.nanos(), platform.pause()::await, platform.random());
    this.runtime =
        new StreamRuntime(platform.clock(), Scheduler.on(platform.timers()), platform.random());
  }

  /// The environment's name, as linked accounts and health tell it.
  String environment() {
    return name(config.environment());
  }

  /// What may go at once grows with the rate.
  private RestPolicy policy() {
    var usual = RequestRates.defaults();
    var rate = config.requestsPerMinute();
    var rates =
        new RequestRates(
            rate,
            rate,
            Math.max(usual.burst(), rate / BURST_PART),
            usual.reservedForOrders(),
            usual.reservedForReads());
    return RestPolicy.defaults().withRates(rates);
  }

  AlpacaConnector connector() {
    return new AlpacaConnector(environments(), http, policy(), timing, runtime);
  }

  /// Reads of the market that may wait a while.
  MarketReads marketReads() {
    return marketReads(
        RestPolicy.defaults()
            .withRates(RequestRates.defaults().withSustained(FACTS_PER_MINUTE, PRICES_PER_MINUTE)));
  }

  /// Reads that someone waits for: tried once, and given up soon.
  MarketReads quoteReads() {
    var usual = RestPolicy.defaults();
    return marketReads(
        new RestPolicy(
            new RequestRates(FACTS_PER_MINUTE, QUOTES_PER_MINUTE, QUOTES_AT_ONCE, 0, 0),
            Duration.ofSeconds(3),
            1,
            usual.readBackoff(),
            Duration.ofSeconds(1),
            usual.maxOrderWait(),
            usual.maxAnswerBytes()));
  }

  Drive marketDrive() {
    return new Drive(platform.clock(), Scheduler.on(platform.timers()), platform.workers());
  }

  private MarketReads marketReads(RestPolicy policy) {
    return new AlpacaMarketReads(
        new AlpacaMarketRest(http, endpoints, dataCredentials(), policy, timing));
  }

  int symbolLimit() {
    return config.symbolLimit();
  }

  /// The stream of trades and halts.
  TickStream ticks(MarketStreamListener listener) {
    return new AlpacaTickStream(
        new MarketStream(
            endpoints,
            dataCredentials(),
            http,
            listener,
            StreamPolicy.defaults(),
            runtime,
            Set.of(MarketChannel.TRADES, MarketChannel.STATUSES)));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private AlpacaCredentials dataCredentials() {
    var key = config.key();
    return key == null ? DemoUsers.credentials(1) : new ApiKey(key.id(), key.secret().value());
  }

  /// Where real money is traded, users may practise too; nowhere else is real money linked.
  private Map<String, AlpacaEndpoints> environments() {
    var environments = new HashMap<String, AlpacaEndpoints>();
    environments.put(environment(), endpoints);
    if (config.environment() == Environment.LIVE) {
      environments.put(name(Environment.PAPER), AlpacaEndpoints.paper(feed(config)));
    }
    return environments;
  }

  private static String name(Environment environment) {
    return environment.name().toLowerCase(Locale.ROOT);
  }

  private static String feed(BrokerConfig config) {
    return config.feed() == Feed.SIP ? "sip" : "iex";
  }

  private static AlpacaEndpoints endpoints(BrokerConfig config) {
    var feed = feed(config);
    return switch (config.environment()) {
      case PAPER -> AlpacaEndpoints.paper(feed);
      case LIVE -> AlpacaEndpoints.live(feed);
      case SIMULATOR -> simulator(config.simulator(), feed);
    };
  }

  private static AlpacaEndpoints simulator(URI simulator, String feed) {
    var http = simulator.toString().replaceAll("/+$", "");
    var stream = http.replaceFirst("^http", "ws");
    return new AlpacaEndpoints(
        URI.create(http),
        URI.create(stream + "/stream"),
        URI.create(http),
        URI.create(stream + "/v2/" + feed));
  }
}
