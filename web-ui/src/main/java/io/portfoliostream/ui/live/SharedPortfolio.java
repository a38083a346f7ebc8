package io.portfoliostream.ui.live;

import io.portfoliostream.client.ConnectionState;
import io.portfoliostream.client.PortfolioListener;
import io.portfoliostream.client.PortfolioView;
import io.portfoliostream.client.Registration;
import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.protocol.OrderUpdate;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One portfolio for all pages of a browser session: opened for the first subscriber, closed some
/// time after the last one has gone, or when the session ends. Safe for several threads.
///
/// The wait lets a page reload or change without giving up its connection.
final class SharedPortfolio implements OpenPortfolio {
  private final Supplier<OpenPortfolio> opener;
  private final Timers timers;
  private final Duration linger;
  private @Nullable OpenPortfolio open;
  private @Nullable Registration closing;
  private int subscribers;
  private boolean ended;

  SharedPortfolio(Supplier<OpenPortfolio> opener, Timers timers, Duration linger) {
    this.opener = opener;
    this.timers = timers;
    this.linger = linger;
  }

  @Override
  public PortfolioView portfolio() {
    return open().portfolio();
  }

  @Override
  public ConnectionState connection() {
    return open().connection();
  }

  @Override
  public synchronized Registration subscribe(PortfolioListener listener) {
    if (closing != null) {
      closing.close();
      closing = null;
    }
    var registration = open().subscribe(listener);
    subscribers++;
    var released = new AtomicBoolean();
    return () -> {
      if (released.compareAndSet(false, true)) {
        registration.close();
        release();
      }
    };
  }

  @Override
  public OrderUpdate submit(OrderRequest request, String idempotencyKey) {
    return open().submit(request, idempotencyKey);
  }

  @Override
  public void reconnectNow() {
    open().reconnectNow();
  }

  @Override
  public void close() {
    @Nullable OpenPortfolio last;
    synchronized (this) {
      ended = true;
      last = takeOpen();
    }
    closeOutsideTheLock(last);
  }

  private synchronized OpenPortfolio open() {
    if (open == null) {
      if (ended) {
        throw new IllegalStateException("the browser session has ended");
      }
      open = opener.get();
    }
    return open;
  }

  private synchronized void release() {
    subscribers--;
    if (subscribers == 0 && !ended) {
      closing = timers.after(linger, this::closeIfUnused);
    }
  }

  private void closeIfUnused() {
    @Nullable OpenPortfolio last;
    synchronized (this) {
      last = subscribers == 0 ? takeOpen() : null;
    }
    closeOutsideTheLock(last);
  }

  private @Nullable OpenPortfolio takeOpen() {
    var taken = open;
    open = null;
    if (closing != null) {
      closing.close();
      closing = null;
    }
    return taken;
  }

  /// A closing client may wait for a listener that waits for a page that waits for our lock.
  private static void closeOutsideTheLock(@Nullable OpenPortfolio portfolio) {
    if (portfolio != null) {
      portfolio.close();
    }
  }
}
