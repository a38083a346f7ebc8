package io.portfoliostream.e2e.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.Map;

/// The simulator behind the server: what goes wrong in it, and the truth that it knows.
public final class SimulatedBroker {
  private static final String FAULTS = "/simulator/faults";
  private static final String ACCOUNTS = "/simulator/accounts";
  private static final String FEED = "iex";

  private final Rest rest;

  SimulatedBroker(HttpClient http, URI simulator) {
    this.rest = new Rest(http, simulator);
  }

  /// Lets something go wrong for an account, or `*` for all.
  ///
  /// @param settings of the fault, as the simulator's README tells them
  public void fault(String account, String fault, Map<String, ?> settings) {
    post("account", account, fault, settings);
  }

  /// Lets something go wrong for the market data.
  public void marketFault(String fault, Map<String, ?> settings) {
    post("feed", FEED, fault, settings);
  }

  private void post(String where, String name, String fault, Map<String, ?> settings) {
    var body = new HashMap<String, Object>(settings);
    body.put(where, name);
    body.put("fault", fault);
    rest.send(rest.to(FAULTS).POST(Rest.json(body))).expect(200);
  }

  /// Ends the faults of an account.
  public void mend(String account) {
    rest.send(rest.to(FAULTS + "?account=" + account).DELETE()).expect(200);
  }

  /// Ends the faults of the market data.
  public void mendMarket() {
    rest.send(rest.to(FAULTS + "?feed=" + FEED).DELETE()).expect(200);
  }

  /// Ends all faults.
  public void mendAll() {
    rest.send(rest.to(FAULTS).DELETE()).expect(200);
  }

  /// How often faults of a kind happened to an account.
  public long happened(String account, String fault) {
    return get(FAULTS)
        .path("faults")
        .valueStream()
        .filter(posted -> posted.path("account").asText().equals(account))
        .filter(posted -> posted.path("fault").asText().equals(fault))
        .mapToLong(posted -> posted.path("happened").asLong())
        .sum();
  }

  /// All that the broker knows of an account.
  public BrokerBook book(String account) {
    return new BrokerBook(get(ACCOUNTS + "/" + account));
  }

  /// Opens an account.
  ///
  /// @return its name, number, key and secret
  public JsonNode open(Map<String, ?> account) {
    return rest.send(rest.to(ACCOUNTS).POST(Rest.json(account))).expect(200).body();
  }

  /// How often an account was logged in to the trading stream.
  public long logins(String account) {
    var count = get("/simulator/connections").path("accounts").path(account);
    return count.path("total").asLong() - count.path("refused").asLong();
  }

  private JsonNode get(String path) {
    return rest.send(rest.to(path)).expect(200).body();
  }
}
