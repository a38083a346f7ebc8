package io.portfoliostream.simulator.faults;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What is to go wrong, and how often it did. Safe for use by several threads.
///
/// Whoever is about to do something asks the board whether it is to go wrong ([#strike]), which
/// counts. Faults of one kind at one place happen in the order in which they were posted. The lock
/// is held for a look at the list only; connections are touched outside of it.
public final class FaultBoard {
  private static final int MOST_FAULTS = 1_000;
  private static final int MOST_SCHEDULED = 100_000;
  private static final long NO_LINE = Long.MAX_VALUE;
  private static final int POLICY = 1008;
  private static final byte[] ERROR_ACTION =
      ("{\"action\":\"error\",\"data\":"
              + "{\"error_message\":\"internal server error, please try again\"}}")
          .getBytes(StandardCharsets.UTF_8);

  private final InstantSource clock;
  private final Instant start;
  private final RandomGenerator chance;
  private final Handshakes handshakes;
  private final Set<Line> lines = ConcurrentHashMap.newKeySet();
  private final List<Entry> active = new ArrayList<>();
  private final Deque<Entry> over = new ArrayDeque<>();
  private final Map<FaultKind, Long> totals = new EnumMap<>(FaultKind.class);
  private final PriorityQueue<Scheduled> scheduled =
      new PriorityQueue<>(
          Comparator.comparing(Scheduled::after).thenComparingLong(Scheduled::number));
  private long lastNumber;
  private volatile boolean quiet = true;

  /// A board without faults.
  ///
  /// @param chance decides for faults that happen on a share of the occasions
  public FaultBoard(InstantSource clock, RandomGenerator chance) {
    this.clock = clock;
    this.start = clock.instant();
    this.chance = chance;
    this.handshakes = new Handshakes(clock);
  }

  /// Lets something go wrong from now on, or, for what happens at once, right now.
  ///
  /// @throws IllegalArgumentException when there are too many faults already
  public Posted post(Fault fault) {
    Entry entry;
    synchronized (this) {
      if (active.size() >= MOST_FAULTS) {
        throw new IllegalArgumentException("there are " + MOST_FAULTS + " faults already");
      }
      entry = new Entry(++lastNumber, fault, clock.instant());
      if (!fault.isAtOnce()) {
        active.add(entry);
        quiet = false;
        return entry.posted(true);
      }
    }
    long happened = strikeLines(fault);
    synchronized (this) {
      entry.happened = happened;
      totals.merge(fault.kind(), happened, Long::sum);
      retire(entry);
      return entry.posted(false);
    }
  }

  /// Posts a fault when so much time has passed since the simulator began.
  ///
  /// @throws IllegalArgumentException when too many are scheduled already
  public void schedule(Duration after, Fault fault) {
    schedule(after, () -> post(fault));
  }

  /// Does something else when so much time has passed since the simulator began.
  ///
  /// @throws IllegalArgumentException when too many are scheduled already
  public synchronized void schedule(Duration after, Runnable task) {
    if (scheduled.size() >= MOST_SCHEDULED) {
      throw new IllegalArgumentException(MOST_SCHEDULED + " faults are scheduled already");
    }
    scheduled.add(new Scheduled(after, ++lastNumber, task));
  }

  /// Does what is due.
  public void advance() {
    for (var due = nextDue(); due.isPresent(); due = nextDue()) {
      due.get().run();
    }
  }

  /// What is on the board, and the last thousand of what was.
  public synchronized List<Posted> list() {
    expire();
    var posted = new ArrayList<Posted>();
    over.forEach(entry -> posted.add(entry.posted(false)));
    active.forEach(entry -> posted.add(entry.posted(true)));
    posted.sort(Comparator.comparingLong(Posted::id));
    return posted;
  }

  /// How often each kind happened since the simulator began.
  public synchronized Map<FaultKind, Long> totals() {
    return totals.isEmpty() ? Map.of() : new EnumMap<>(totals);
  }

  /// How often a kind happened since the simulator began.
  public synchronized long total(FaultKind kind) {
    return totals.getOrDefault(kind, 0L);
  }

  /// Takes faults off the board.
  ///
  /// @return how many
  public synchronized int clear(Predicate<Posted> which) {
    expire();
    var cleared = active.stream().filter(entry -> which.test(entry.posted(true))).toList();
    cleared.forEach(this::end);
    return cleared.size();
  }

  /// Whether there is nothing on the board, so that nobody needs to ask further.
  public boolean isQuiet() {
    return quiet;
  }

  /// Whether something goes wrong here and now, which counts as having happened.
  public Optional<Fault> strike(FaultKind kind, Target where) {
    return quiet ? Optional.empty() : strike(kind, where, NO_LINE);
  }

  /// Whether a fault of this kind stands here, without its happening.
  public synchronized Optional<Fault> standing(FaultKind kind, Target where) {
    expire();
    return find(kind, where, NO_LINE).map(entry -> entry.fault);
  }

  /// A new connection.
  ///
  /// @param where the feed, or the account where the handshake names it
  public synchronized Line open(Target where, Wire wire) {
    var line = new Line(this, where, ++lastNumber, wire);
    lines.add(line);
    return line;
  }

  /// The status with which a handshake is refused; empty when it is let in.
  public Optional<Integer> refusal(Target where) {
    var status = strike(FaultKind.HANDSHAKE_STATUS, where).map(Fault::status);
    return status.isPresent() ? status : strike(FaultKind.SLOT_HELD, where).map(_ -> 429);
  }

  /// How often clients connected.
  public Handshakes handshakes() {
    return handshakes;
  }

  /// Ends the connections of a place, if they are to end in place of the next message.
  ///
  /// @return whether they did, so that the message is lost
  public boolean endsLinesOf(Target where) {
    if (quiet) {
      return false;
    }
    for (var kind : List.of(FaultKind.DROP, FaultKind.RESET)) {
      var fault = strike(kind, where);
      if (fault.isPresent()) {
        lines.stream()
            .filter(line -> line.where().equals(where))
            .forEach(line -> touch(line, fault.get()));
        return true;
      }
    }
    return false;
  }

  synchronized Optional<Fault> strike(FaultKind kind, Target where, long line) {
    expire();
    var found = find(kind, where, line).filter(entry -> isMeant(entry.fault));
    found.ifPresent(this::count);
    return found.map(entry -> entry.fault);
  }

  void ended(Line line, boolean clean) {
    lines.remove(line);
    if (!clean && line.isIdentified()) {
      strike(FaultKind.STICKY_SLOT, line.where())
          .ifPresent(sticky ->
              post(Fault.of(FaultKind.SLOT_HELD).at(line.where()).lasting(sticky.delay())));
    }
  }

  private long strikeLines(Fault fault) {
    var met = lines.stream().filter(line -> fault.target().covers(line.where())).toList();
    for (var line : met) {
      for (int time = 0; time < fault.times(); time++) {
        touch(line, fault);
      }
    }
    return (long) met.size() * fault.times();
  }

  private static void touch(Line line, Fault fault) {
    var wire = line.wire();
    switch (fault.kind()) {
      case DROP -> wire.cut();
      case RESET -> wire.reset();
      case GARBAGE_BYTE -> wire.write(new byte[] {1}, true);
      case GARBAGE_TEXT -> wire.write("not json".getBytes(StandardCharsets.UTF_8), false);
      case ERROR_ACTION -> {
        wire.send(ERROR_ACTION);
        if (fault.close()) {
          wire.close(POLICY, "internal server error");
        }
      }
      default -> throw new IllegalArgumentException("nothing to do at once: " + fault.kind());
    }
  }

  private synchronized Optional<Runnable> nextDue() {
    var next = scheduled.peek();
    if (next == null || start.plus(next.after()).isAfter(clock.instant())) {
      return Optional.empty();
    }
    scheduled.remove();
    return Optional.of(next.task());
  }

  private Optional<Entry> find(FaultKind kind, Target where, long line) {
    return active.stream()
        .filter(entry -> entry.fault.kind() == kind && entry.fault.target().covers(where))
        .filter(entry -> !entry.fault.openOnly() || line < entry.id)
        .findFirst();
  }

  private boolean isMeant(Fault fault) {
    return fault.share() >= 1 || chance.nextDouble() < fault.share();
  }

  private void count(Entry entry) {
    entry.happened++;
    totals.merge(entry.fault.kind(), 1L, Long::sum);
    if (entry.fault.times() > 0 && entry.happened >= entry.fault.times()) {
      end(entry);
    }
  }

  private void expire() {
    if (!active.isEmpty()) {
      var now = clock.instant();
      active.stream().filter(entry -> entry.isOver(now)).toList().forEach(this::end);
    }
  }

  private void end(Entry entry) {
    active.remove(entry);
    quiet = active.isEmpty();
    retire(entry);
  }

  private void retire(Entry entry) {
    over.add(entry);
    if (over.size() > MOST_FAULTS) {
      over.remove();
    }
  }

  /// Something that will be done.
  private record Scheduled(Duration after, long number, Runnable task) {}

  /// A fault that was posted. Guarded by the board.
  private static final class Entry {
    private final long id;
    private final Fault fault;
    private final Instant since;
    private final @Nullable Instant until;
    private long happened;

    Entry(long id, Fault fault, Instant since) {
      this.id = id;
      this.fault = fault;
      this.since = since;
      this.until = fault.lasting() == null ? null : since.plus(fault.lasting());
    }

    boolean isOver(Instant now) {
      return until != null && !now.isBefore(until);
    }

    Posted posted(boolean active) {
      Integer remaining = fault.times() == 0 ? null : (int) Math.max(0, fault.times() - happened);
      return new Posted(id, fault, since, until, remaining, happened, active);
    }
  }
}
