package io.portfoliostream.server.bus;

import io.portfoliostream.server.bus.Admission.Admitted;
import io.portfoliostream.server.bus.Admission.LimitReached;
import io.portfoliostream.server.portfolio.Booking;
import io.portfoliostream.server.portfolio.Mark;
import io.portfoliostream.server.portfolio.UserId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The bus of a single node: delivers on the publisher's thread.
public final class InProcessBus implements EventBus {
  private final Map<UserId, Listeners<Booking>> bookings = new ConcurrentHashMap<>();
  private final Map<UserId, Set<String>> leases = new ConcurrentHashMap<>();
  private final Listeners<List<Mark>> ticks = new Listeners<>("ticks");
  private final Listeners<SessionRevoked> revocations = new Listeners<>("a revocation");
  private final Listeners<Announcement> announcements = new Listeners<>("an announcement");

  @Override
  public void publish(Booking booking) {
    var listeners = bookings.get(booking.user());
    if (listeners != null) {
      listeners.tell(booking);
    }
  }

  @Override
  public Registration subscribe(UserId user, Consumer<Booking> listener) {
    var added = new Registration[1];
    bookings.compute(
        user,
        (_, known) -> {
          var listeners = known == null ? new Listeners<Booking>("a booking") : known;
          added[0] = listeners.add(listener);
          return listeners;
        });
    return () -> bookings.computeIfPresent(user, (_, known) -> without(known, added[0]));
  }

  private static @Nullable Listeners<Booking> without(
      Listeners<Booking> listeners, Registration registration) {
    registration.close();
    return listeners.isEmpty() ? null : listeners;
  }

  @Override
  public void publishTicks(List<Mark> marks) {
    ticks.tell(List.copyOf(marks));
  }

  @Override
  public Registration onTicks(Consumer<List<Mark>> listener) {
    return ticks.add(listener);
  }

  @Override
  public void revoke(SessionRevoked revoked) {
    revocations.tell(revoked);
  }

  @Override
  public Registration onRevoked(Consumer<SessionRevoked> listener) {
    return revocations.add(listener);
  }

  @Override
  public void announce(Announcement announcement) {
    announcements.tell(announcement);
  }

  @Override
  public Registration onAnnounced(Consumer<Announcement> listener) {
    return announcements.add(listener);
  }

  @Override
  public Admission admit(UserId user, String connectionId, int limit) {
    var result = new Admission[1];
    leases.compute(
        user,
        (_, held) -> {
          var ids = held == null ? Set.<String>of() : held;
          if (!ids.contains(connectionId) && ids.size() >= limit) {
            result[0] = new LimitReached(limit);
            return held;
          }
          var more = with(ids, connectionId);
          result[0] = new Admitted(more.size());
          return more;
        });
    return result[0];
  }

  private static Set<String> with(Set<String> ids, String id) {
    return Stream.concat(ids.stream(), Stream.of(id)).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void release(UserId user, String connectionId) {
    leases.computeIfPresent(
        user,
        (_, held) -> {
          var fewer =
              held.stream()
                  .filter(id -> !id.equals(connectionId))
                  .collect(Collectors.toUnmodifiableSet());
          return fewer.isEmpty() ? null : fewer;
        });
  }

  @Override
  public int connections(UserId user) {
    return leases.getOrDefault(user, Set.of()).size();
  }

  @Override
  public void close() {
    bookings.clear();
    leases.clear();
    ticks.clear();
    revocations.clear();
    announcements.clear();
  }
}
