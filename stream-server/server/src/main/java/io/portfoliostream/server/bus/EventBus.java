package io.portfoliostream.server.bus;

import io.portfoliostream.server.portfolio.Booking;
import io.portfoliostream.server.portfolio.Mark;
import io.portfoliostream.server.portfolio.UserId;
import java.util.List;
import java.util.function.Consumer;

/// Carries what happened to everyone on any node who wants to hear it.
///
/// Delivery is at most once and promises no order: the ledger is committed before a booking is
/// published, so a listener that finds a hole in the numbers, or suspects one, reads the ledger.
/// Listeners run on the publisher's thread or on the bus's own; they must be quick, and one that
/// throws harms no other. Safe for any number of threads.
public interface EventBus extends AutoCloseable {

  /// Tells the listeners of the booking's user.
  void publish(Booking booking);

  /// Hears the bookings of `user` from now on.
  Registration subscribe(UserId user, Consumer<Booking> listener);

  /// Tells everyone that prices moved.
  void publishTicks(List<Mark> ticks);

  /// Hears all prices from now on.
  Registration onTicks(Consumer<List<Mark>> listener);

  /// Tells everyone that a session ended before its time.
  void revoke(SessionRevoked revoked);

  /// Hears all revocations from now on.
  Registration onRevoked(Consumer<SessionRevoked> listener);

  /// Tells every node, this one included.
  void announce(Announcement announcement);

  /// Hears what is told to every node from now on.
  Registration onAnnounced(Consumer<Announcement> listener);

  /// Counts a connection, unless its user holds `limit` others already; a connection that is
  /// counted already stays so. Atomic for all callers.
  Admission admit(UserId user, String connectionId, int limit);

  /// Counts a connection no longer; harmless when it was not counted.
  void release(UserId user, String connectionId);

  /// How many connections `user` holds.
  int connections(UserId user);

  /// Forgets all listeners and counts.
  @Override
  void close();
}
