package io.portfoliostream.server.ledger;

import static java.util.Objects.requireNonNull;

import io.portfoliostream.server.portfolio.Order.Progress;
import io.portfoliostream.server.portfolio.Order.Terms;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An order as the broker tells it, with the execution that it tells along, if any.
///
/// @param eventId the broker's ordered name of the event, where it has one
/// @param updatedAt the broker's time of the order's newest change
public record OrderReport(
    String brokerId,
    String clientOrderId,
    Terms terms,
    Progress progress,
    BrokerLinks links,
    Instant submittedAt,
    Instant updatedAt,
    @Nullable String eventId,
    @Nullable Fill fill,
    @Nullable Amendment amendment) {
  /// Refuses a report with a part missing.
  public OrderReport {
    requireNonNull(brokerId, "brokerId");
    requireNonNull(clientOrderId, "clientOrderId");
    requireNonNull(terms, "terms");
    requireNonNull(progress, "progress");
    requireNonNull(links, "links");
    requireNonNull(submittedAt, "submittedAt");
    requireNonNull(updatedAt, "updatedAt");
  }

  /// Relations to other orders, in the broker's identities.
  public record BrokerLinks(
      @Nullable String parent, @Nullable String replaces, @Nullable String replacedBy) {
    /// An order on its own.
    public static final BrokerLinks NONE = new BrokerLinks(null, null, null);
  }

  /// One execution.
  ///
  /// @param positionQuantity the signed position after it, where told
  public record Fill(
      String executionId,
      BigDecimal quantity,
      BigDecimal price,
      @Nullable BigDecimal positionQuantity,
      Instant executedAt) {}

  /// What an earlier execution shall have been instead.
  ///
  /// @param corrects the execution that was wrong
  /// @param quantity zero for one that is taken back whole
  /// @param price absent for one that is taken back whole
  public record Amendment(
      String executionId,
      String corrects,
      BigDecimal quantity,
      @Nullable BigDecimal price,
      Instant executedAt) {}

  /// The same report without an event or an execution: what a read gives.
  public OrderReport asRead() {
    return new OrderReport(
        brokerId, clientOrderId, terms, progress, links, submittedAt, updatedAt, null, null, null);
  }
}
