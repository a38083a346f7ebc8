package io.portfoliostream.server.bus;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Listeners of one kind, told in the order in which they came. One that throws is logged and harms
/// no other. Safe for any number of threads.
public final class Listeners<T> {
  private static final Logger LOG = System.getLogger(Listeners.class.getName());

  private final String what;
  private final List<Place<T>> places = new CopyOnWriteArrayList<>();

  /// Creates an empty list.
  ///
  /// @param what is told, for the log
  public Listeners(String what) {
    this.what = what;
  }

  /// Adds a listener; the same one may be added several times.
  public Registration add(Consumer<T> listener) {
    var place = new Place<>(listener);
    places.add(place);
    return () -> places.remove(place);
  }

  /// Tells every listener.
  public void tell(T news) {
    for (var place : places) {
      try {
        place.listener.accept(news);
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "A listener failed on " + what, e);
      }
    }
  }

  boolean isEmpty() {
    return places.isEmpty();
  }

  void clear() {
    places.clear();
  }

  /// One listener on the list; two of the same listener are two places.
  private static final class Place<T> {
    private final Consumer<T> listener;

    Place(Consumer<T> listener) {
      this.listener = listener;
    }
  }
}
