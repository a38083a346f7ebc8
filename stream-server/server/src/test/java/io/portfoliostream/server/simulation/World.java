package io.portfoliostream.server.simulation;

import io.portfoliostream.protocol.Channel;
import io.portfoliostream.server.bus.InProcessBus;
import io.portfoliostream.server.bus.SessionRevoked;
import io.portfoliostream.server.marks.FeedBoard;
import io.portfoliostream.server.marks.FeedState;
import io.portfoliostream.server.marks.Interest;
import io.portfoliostream.server.marks.MarkBook;
import io.portfoliostream.server.portfolio.Booking;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.simulation.Faults.Kind;
import io.portfoliostream.server.stream.CountingMetrics;
import io.portfoliostream.server.stream.MemoryLedger;
import io.portfoliostream.server.stream.StreamHub;
import io.portfoliostream.server.stream.StreamRuntime;
import io.portfoliostream.server.stream.StreamSettings;
import io.portfoliostream.server.stream.StreamSources;
import io.portfoliostream.server.stream.VirtualTime;
import io.portfoliostream.server.stream.WireView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// A hub, its users and their clients, and everything that happens to them.
final class World {
  static final int OUTBOX_BYTES = 6 * 1024;
  private static final List<UserId> USERS =
      List.of(new UserId("ann"), new UserId("bob"), new UserId("cem"));

  private final SplittableRandom random;
  private final Faults faults;
  private final Market market;
  private final Tally tally;
  private final VirtualTime time;
  private final MemoryLedger ledger = new MemoryLedger();
  private final InProcessBus bus = new InProcessBus();
  private final MarkBook marks = new MarkBook();
  private final FeedBoard feeds;
  private final CountingMetrics metrics = new CountingMetrics();
  private final Set<String> revoked = new HashSet<>();
  private final Map<UserId, Integer> sessions = new HashMap<>();
  private final StreamHub hub;
  private final List<SimulatedClient> clients = new ArrayList<>();
  private final Truth truth;
  private int restores;

  World(long seed, Tally tally) {
    this.random = new SplittableRandom(seed);
    this.tally = tally;
    this.faults = new Faults(random.split(), tally.faults());
    this.market = new Market(random.split());
    this.time = new VirtualTime(this::workerDelay);
    this.feeds = new FeedBoard(time.instant());
    this.hub = createHub();
    this.truth = new Truth(ledger, new WireView(marks, feeds));
    USERS.forEach(this::book);
    addClients();
  }

  private long workerDelay() {
    return faults.happens(Kind.SLOW) ? faults.upTo(900).toNanos() : faults.upTo(1).toNanos();
  }

  private StreamHub createHub() {
    var settings =
        StreamSettings.defaults("node-1")
            .with(
                new StreamSettings.Sending(
                    OUTBOX_BYTES, 10, Duration.ofSeconds(10), Duration.ofSeconds(2)))
            .with(new StreamSettings.Limits(16 * 1024, 200, 20));
    return new StreamHub(
        settings,
        new StreamSources(
            ledger,
            bus,
            marks,
            feeds,
            new Interest(),
            ids ->
                ids.stream()
                    .filter(id -> !revoked.contains(id))
                    .collect(Collectors.toUnmodifiableSet())),
        new StreamRuntime(time, time, time, time, random.split(), metrics));
  }

  private void addClients() {
    for (var user : USERS) {
      clients.add(new SimulatedClient(this, user, user + "-full", null, null, null));
    }
    var ann = USERS.getFirst();
    clients.add(new SimulatedClient(this, ann, "ann-slow", null, null, 3_000));
    clients.add(
        new SimulatedClient(
            this, ann, "ann-orders", Set.of(Channel.ORDERS, Channel.TRADES), null, null));
    clients.add(
        new SimulatedClient(
            this, USERS.getLast(), "cem-some", null, Set.of(market.symbol()), null));
    clients.forEach(client -> later(faults.upTo(500), client::connect));
  }

  // What happens

  /// Lets things happen for a while.
  void run(Duration duration) {
    var end = time.getAsLong() + duration.toNanos();
    while (time.getAsLong() < end) {
      act();
      step(faults.upTo(60));
    }
  }

  /// Ends all faults, and lets everyone come to rest at the last prices.
  void heal() {
    faults.heal();
    ledger.unavailable(false);
    step(Duration.ofSeconds(40));
    Market.SYMBOLS.forEach(this::tick);
    step(Duration.ofSeconds(10));
    clients.forEach(SimulatedClient::ping);
    step(Duration.ofSeconds(20));
  }

  private void step(Duration duration) {
    var end = time.getAsLong() + duration.toNanos();
    while (time.runNext(end)) {
      checkBounds();
    }
    time.advance(Duration.ofNanos(Math.max(0, end - time.getAsLong())));
  }

  private void act() {
    int dice = random.nextInt(1_000);
    if (dice < 400) {
      for (int i = random.nextInt(1, 6); i > 0; i--) {
        tick(market.symbol());
      }
    } else if (dice < 930) {
      book(anyUser());
    } else if (dice < 960) {
      var client = clients.get(random.nextInt(clients.size()));
      tally.count("cut");
      client.cut(random.nextBoolean(), random.nextInt(4) > 0);
    } else if (dice < 980) {
      clients.get(random.nextInt(clients.size())).ping();
    } else {
      actRarely();
    }
  }

  private void actRarely() {
    switch (random.nextInt(8)) {
      case 0 -> {
        tally.count("ledger away");
        ledger.unavailable(true);
        later(faults.upTo(5_000), () -> ledger.unavailable(false));
      }
      case 1 -> {
        tally.count("restore");
        ledger.restore(anyUser(), "r" + ++restores);
      }
      case 2 -> {
        tally.count("log forgotten");
        ledger.forget(anyUser());
      }
      case 3 -> revoke(anyUser());
      case 4, 5 -> clients.getLast().lookAt(market.symbol());
      default ->
          feeds.trading(
              anyUser(), new FeedState(random.nextBoolean(), time.instant(), time.instant()));
    }
  }

  private void revoke(UserId user) {
    tally.count("revoked");
    var session = session(user);
    revoked.add(session);
    sessions.merge(user, 1, Integer::sum);
    if (random.nextBoolean()) {
      bus.revoke(new SessionRevoked(session, user));
    }
  }

  private void tick(String symbol) {
    bus.publishTicks(List.of(market.trade(symbol, time.instant())));
  }

  private void book(UserId user) {
    var events = market.transaction(ledger.head(user), time.instant());
    var booking = ledger.book(user, time.instant(), events);
    if (faults.happens(Kind.BOOKED_WHILE_READ)) {
      ledger.duringNextRead(() -> book(user));
    }
    if (!faults.happens(Kind.BOOKING_LOST)) {
      publish(booking);
    }
    if (faults.happens(Kind.BOOKING_REPEATED)) {
      publish(booking);
    }
  }

  private void publish(Booking booking) {
    var delay = faults.happens(Kind.BOOKING_LATE) ? faults.upTo(120) : faults.upTo(1);
    later(delay, () -> bus.publish(booking));
  }

  private UserId anyUser() {
    return USERS.get(random.nextInt(USERS.size()));
  }

  // What must hold

  void check(SimulatedClient client) {
    tally.count("checked");
    truth.check(client);
  }

  private void checkBounds() {
    require(
        hub.stats().largestOutbox() <= OUTBOX_BYTES + Truth.LARGEST_ANSWER,
        () -> "an outbox holds " + hub.stats().largestOutbox());
    require(metrics.mismatches() == 0, "a frame was on its way to another user");
  }

  /// Everyone holds exactly what the ledger holds, at the last prices.
  void checkRest() {
    for (var client : clients) {
      require(client.isConnected(), () -> client.name() + " did not come back");
      truth.checkRest(client);
    }
    tally.count("replay", metrics.replays());
    tally.count("snapshot", metrics.snapshots());
    tally.count("gap filled", metrics.gaps());
    tally.count("slow consumer", metrics.slowConsumers());
  }

  void require(boolean holds, String claim) {
    require(holds, () -> claim);
  }

  void require(boolean holds, Supplier<String> claim) {
    if (!holds) {
      throw new AssertionError(claim.get());
    }
  }

  // What clients need

  VirtualTime time() {
    return time;
  }

  Faults faults() {
    return faults;
  }

  StreamHub hub() {
    return hub;
  }

  /// The session that a user holds now: another one after each revocation.
  String session(UserId user) {
    return user + "-s" + sessions.getOrDefault(user, 0);
  }

  void later(Duration delay, Runnable action) {
    var _ = time.schedule(delay, action);
  }

  void lost(int code) {
    tally.count("lost with " + code);
  }

  void proved() {
    tally.count("proved");
  }
}
