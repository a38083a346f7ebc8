package io.portfoliostream.alpaca;

import io.portfoliostream.alpaca.AlpacaCredentials.ApiKey;
import io.portfoliostream.simulator.BrokerSimulator;
import io.portfoliostream.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;

/// A simulator whose prices stand still, and clients of it on real sockets and the real clock.
final class SimulatedBroker implements AutoCloseable {
  private final BrokerSimulator simulator;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
  private final StreamRuntime runtime =
      new StreamRuntime(InstantSource.system(), Scheduler.on(executor), new SplittableRandom(1));
  private final RecordingTradingListener told = new RecordingTradingListener();

  SimulatedBroker(SimulatorOptions options) {
    try {
      simulator = BrokerSimulator.start(options.withTicksPerSecond(0));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  BrokerSimulator simulator() {
    return simulator;
  }

  HttpClient http() {
    return http;
  }

  StreamRuntime runtime() {
    return runtime;
  }

  ApiKey demo() {
    var account = simulator.account("demo");
    return new ApiKey(account.key(), account.secret());
  }

  AlpacaEndpoints endpoints() {
    return new AlpacaEndpoints(
        simulator.rest(), simulator.stream(), simulator.rest(), simulator.data());
  }

  AlpacaRest rest(AlpacaCredentials credentials) {
    return new AlpacaRest(
        http,
        endpoints(),
        credentials,
        RestPolicy.defaults(),
        new Timing(
            InstantSource.system(), System::nanoTime, Thread::sleep, new SplittableRandom(2)));
  }

  /// A stream, all of which tell the same listener.
  TradingStream stream(AlpacaCredentials credentials, StreamPolicy policy) {
    return new TradingStream(endpoints(), credentials, http, told, policy, runtime);
  }

  /// A stream of the demo account that delivers.
  TradingStream liveStream() throws InterruptedException {
    var stream = stream(demo(), StreamPolicy.defaults());
    stream.start();
    awaitState(StreamState.Live.class);
    return stream;
  }

  <T extends StreamState> T awaitState(Class<T> kind) throws InterruptedException {
    while (true) {
      var state = told.next(StreamState.class);
      if (kind.isInstance(state)) {
        return kind.cast(state);
      }
    }
  }

  /// The updates up to the first one that is wanted.
  List<TradeUpdate> updatesUntil(Predicate<TradeUpdate> wanted) throws InterruptedException {
    var updates = new ArrayList<TradeUpdate>();
    while (updates.isEmpty() || !wanted.test(updates.getLast())) {
      updates.add(told.next(TradeUpdate.class));
    }
    return updates;
  }

  /// The next update of a kind; those before it are passed over.
  TradeUpdate awaitEvent(String event) throws InterruptedException {
    return updatesUntil(update -> update.event().equals(event)).getLast();
  }

  /// The next update of a kind about an order; those before it are passed over.
  TradeUpdate awaitEvent(String orderId, String event) throws InterruptedException {
    return updatesUntil(
            update -> update.event().equals(event) && update.order().id().equals(orderId))
        .getLast();
  }

  @Override
  public void close() {
    simulator.close();
    executor.shutdownNow();
    http.shutdownNow();
  }
}
