package io.portfoliostream.server.portfolio;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An instruction to the broker, as a whole.
///
/// @param id our own identity, known from the moment the order is queued
/// @param brokerId the broker's identity, once it has answered
/// @param clientOrderId what the broker deduplicates submissions by
/// @param submittedAt when it was queued, or made elsewhere
/// @param updatedAt the broker's time of its newest change, ours while it is queued
public record Order(
    String id,
    @Nullable String brokerId,
    String clientOrderId,
    Terms terms,
    Progress progress,
    Links links,
    Instant submittedAt,
    Instant updatedAt) {
  /// Booked by us, not yet answered by the broker.
  public static final String QUEUED = "queued";

  /// Ended before it was filled, by its owner.
  public static final String CANCELED = "canceled";

  /// Refused by the broker.
  public static final String REJECTED = "rejected";

  /// Given up by us before the broker had it.
  public static final String FAILED = "failed";

  private static final Set<String> TERMINAL =
      Set.of("filled", CANCELED, "expired", REJECTED, "replaced", FAILED);

  /// Refuses an order with a part missing.
  public Order {
    requireNonNull(id, "id");
    requireNonNull(clientOrderId, "clientOrderId");
    requireNonNull(terms, "terms");
    requireNonNull(progress, "progress");
    requireNonNull(links, "links");
    requireNonNull(submittedAt, "submittedAt");
    requireNonNull(updatedAt, "updatedAt");
  }

  /// What was asked for.
  ///
  /// @param quantity shares, absent for an order by amount
  /// @param notional amount of money, absent for an order by shares
  public record Terms(
      String symbol,
      Side side,
      String type,
      String timeInForce,
      @Nullable BigDecimal quantity,
      @Nullable BigDecimal notional,
      @Nullable BigDecimal limitPrice,
      @Nullable BigDecimal stopPrice,
      @Nullable BigDecimal trailPrice,
      @Nullable BigDecimal trailPercent,
      boolean extendedHours,
      @Nullable String orderClass,
      @Nullable Exits exits,
      @Nullable String strategyId) {}

  /// The prices of the exits that a bracket, OCO or OTO is submitted with; at the broker each exit
  /// is an order of its own.
  public record Exits(
      @Nullable BigDecimal takeProfitLimit,
      @Nullable BigDecimal stopLossStop,
      @Nullable BigDecimal stopLossLimit) {}

  /// How far it has come.
  public record Progress(
      String status,
      BigDecimal filledQuantity,
      @Nullable BigDecimal filledAveragePrice,
      @Nullable Instant filledAt,
      @Nullable Instant canceledAt,
      @Nullable Instant expiresAt,
      @Nullable String rejectReason) {
    /// An order that waits for its submission.
    public static Progress queued() {
      return new Progress(QUEUED, BigDecimal.ZERO, null, null, null, null, null);
    }

    /// The same progress with a remark on what could not be done.
    public Progress noted(String remark) {
      return ended(status, remark);
    }

    /// The same progress, ended in `endStatus` for a reason in words.
    public Progress ended(String endStatus, String reason) {
      return new Progress(
          endStatus, filledQuantity, filledAveragePrice, filledAt, canceledAt, expiresAt, reason);
    }
  }

  /// Its relations to other orders; `parentOrderId` is the entry order of an exit.
  public record Links(
      @Nullable String parentOrderId, @Nullable String replaces, @Nullable String replacedBy) {
    /// An order on its own.
    public static final Links NONE = new Links(null, null, null);

    /// The links of an order that is to take the place of another one.
    public static Links replacing(String orderId) {
      return new Links(null, orderId, null);
    }
  }

  /// Whether it can still change.
  public boolean isOpen() {
    return !isTerminal(progress.status());
  }

  /// Whether an order in `status` can change no more.
  public static boolean isTerminal(String status) {
    return TERMINAL.contains(status);
  }

  /// The same order, whose place another one took.
  public Order replacedBy(String orderId) {
    var linked = new Links(links.parentOrderId(), links.replaces(), orderId);
    return new Order(id, brokerId, clientOrderId, terms, progress, linked, submittedAt, updatedAt);
  }

  /// The same order with another progress.
  public Order with(Progress newProgress, Instant at) {
    return new Order(id, brokerId, clientOrderId, terms, newProgress, links, submittedAt, at);
  }
}
