package io.portfoliostream.server.sync;

import io.portfoliostream.server.broker.CredentialVault;
import io.portfoliostream.server.broker.LinkedAccounts;
import io.portfoliostream.server.ledger.Ledger;
import io.portfoliostream.server.ledger.OrderBooking;
import io.portfoliostream.server.ledger.UnknownEvents;
import io.portfoliostream.server.marks.FeedBoard;
import io.portfoliostream.server.marks.Interest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.sql.DataSource;

/// Accounts that are kept true to a [FakeConnector]'s brokers, without any pause.
public final class KeptAccounts implements AutoCloseable {
  /// The broker.
  public final FakeConnector connector = new FakeConnector();

  /// What is kept.
  public final AccountSyncs syncs;

  /// The links.
  public final AccountLinking linking;

  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();

  /// Keeps nothing yet.
  public KeptAccounts(DataSource dataSource, Ledger ledger, InstantSource clock, FeedBoard feeds) {
    var booking = new OrderBooking(() -> UUID.randomUUID().toString());
    Reconciliation.Pause none = _ -> Thread.onSpinWait();
    var parts =
        new SyncParts(
            ledger,
            booking,
            new UnknownEvents(dataSource, clock),
            new Reconciliation(ledger, booking, clock, none),
            feeds,
            new Interest(),
            new Unmetered(),
            clock,
            workers,
            none);
    syncs = new AccountSyncs(parts, connector, timers);
    var vault = new CredentialVault(new byte[32], new SecureRandom());
    linking = new AccountLinking(new LinkedAccounts(dataSource, vault), connector, syncs, ledger);
  }

  @Override
  public void close() {
    syncs.close();
    timers.shutdownNow();
    workers.shutdownNow();
  }
}
