package io.portfoliostream.server.gateway;

import io.portfoliostream.protocol.Rest;
import io.portfoliostream.server.auth.Identity;
import io.portfoliostream.server.stream.WireView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads of the own portfolio: the whole of it in one consistent read, or a part.
record PortfolioRoutes(Reading reading, WireView view, OrderRoutes orders) {
  private static final int TRADES = 100;
  private static final int MAX_TRADES = 500;
  private static final int MAX_ID = 128;

  List<Resource> resources() {
    return List.of(
        Resource.at("/api/portfolio").own("GET", this::portfolio),
        Resource.at("/api/positions").own("GET", this::positions).own("DELETE", orders::closeAll),
        Resource.at("/api/account").own("GET", this::account),
        Resource.at("/api/trades").own("GET", this::trades));
  }

  private Answer portfolio(Call call, Identity identity) {
    var asOf = reading.clock().instant();
    var portfolio = reading.reads().load(identity.user());
    return Answer.ok(
        new Rest.Portfolio(
            portfolio.epoch(),
            portfolio.seq(),
            asOf,
            view.snapshot(portfolio),
            view.feeds(identity.user())));
  }

  private Answer positions(Call call, Identity identity) {
    var asOf = reading.clock().instant();
    var portfolio = reading.reads().load(identity.user());
    var positions = view.snapshot(portfolio).positions();
    return Answer.ok(new Rest.Positions(portfolio.epoch(), portfolio.seq(), asOf, positions));
  }

  private Answer account(Call call, Identity identity) {
    var asOf = reading.clock().instant();
    var portfolio = reading.reads().load(identity.user());
    var account = view.snapshot(portfolio).account();
    return Answer.ok(new Rest.Account(portfolio.epoch(), portfolio.seq(), asOf, account));
  }

  private Answer trades(Call call, Identity identity) {
    var limit = call.number("limit", TRADES, 1, MAX_TRADES);
    var before = before(call);
    var asOf = reading.clock().instant();
    var user = identity.user();
    var found = reading.at(user, () -> reading.reads().trades(user, limit, before));
    return Answer.ok(
        new Rest.Trades(
            found.position().epoch(),
            found.position().seq(),
            asOf,
            found.read().stream().map(view::trade).toList()));
  }

  /// The id that a page continues after.
  static @Nullable String before(Call call) {
    var before = call.query("before").orElse(null);
    if (before != null && before.length() > MAX_ID) {
      throw Refused.invalid("before", "is longer than any id");
    }
    return before;
  }
}
