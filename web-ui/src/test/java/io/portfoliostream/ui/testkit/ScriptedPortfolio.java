package io.portfoliostream.ui.testkit;

import io.portfoliostream.client.Changes;
import io.portfoliostream.client.ConnectionState;
import io.portfoliostream.client.PortfolioListener;
import io.portfoliostream.client.Registration;
import io.portfoliostream.client.StreamApiException;
import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.protocol.OrderUpdate;
import io.portfoliostream.ui.live.LivePortfolio;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A portfolio that changes when it is told, and keeps what was asked of it.
public final class ScriptedPortfolio implements LivePortfolio {
  private final List<PortfolioListener> listeners = new ArrayList<>();
  private final List<Sent> sent = new ArrayList<>();
  private StillPortfolio portfolio = StillPortfolio.EMPTY;
  private ConnectionState connection = new ConnectionState.Live(Samples.NOON);
  private @Nullable StreamApiException refusal;
  private int reconnects;

  /// An order that was sent, and its key.
  public record Sent(OrderRequest request, String key) {}

  @Override
  public StillPortfolio portfolio() {
    return portfolio;
  }

  @Override
  public ConnectionState connection() {
    return connection;
  }

  @Override
  public Registration subscribe(PortfolioListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public OrderUpdate submit(OrderRequest request, String idempotencyKey) {
    sent.add(new Sent(request, idempotencyKey));
    if (refusal != null) {
      throw refusal;
    }
    return Samples.order("o-" + sent.size(), "queued", "0", null);
  }

  @Override
  public void reconnectNow() {
    reconnects++;
  }

  /// Becomes `next` and says that `changes` changed.
  public void become(StillPortfolio next, Changes changes) {
    portfolio = next;
    List.copyOf(listeners).forEach(listener -> listener.changed(changes));
  }

  /// Becomes `next`, in which the position in `symbol` is another.
  public void becomeAt(String symbol, StillPortfolio next) {
    become(next, new Changes(Set.of(symbol), Set.of(), Set.of(), false, false, false));
  }

  /// Is connected like this from now on.
  public void connect(ConnectionState next) {
    connection = next;
    become(portfolio, new Changes(Set.of(), Set.of(), Set.of(), false, false, true));
  }

  /// Starts out like this, before anyone listens.
  public void startAs(StillPortfolio first, ConnectionState how) {
    portfolio = first;
    connection = how;
  }

  /// Answers every order with `failure`; with none, books it.
  public void refuse(@Nullable StreamApiException failure) {
    refusal = failure;
  }

  /// How many listen.
  public int listeners() {
    return listeners.size();
  }

  /// The orders sent.
  public List<Sent> sent() {
    return List.copyOf(sent);
  }

  /// How often somebody asked to reconnect.
  public int reconnects() {
    return reconnects;
  }
}
