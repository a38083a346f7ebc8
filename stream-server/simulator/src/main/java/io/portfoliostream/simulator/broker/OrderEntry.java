package io.portfoliostream.simulator.broker;

import java.util.UUID;

/// What clients ask about orders, and the broker's answers.
///
/// Not thread-safe: it belongs to the exchange.
final class OrderEntry {
  private final Admission admission;
  private final OrderFlow flow;
  private final Timeline time;
  private final Identities identities;

  OrderEntry(Admission admission, OrderFlow flow, Timeline time, Identities identities) {
    this.admission = admission;
    this.flow = flow;
    this.time = time;
    this.identities = identities;
  }

  Submission submit(AccountBook book, Ticket ticket) {
    var refusal = admission.refusal(book, ticket, time.now());
    return refusal.isPresent()
        ? new Submission.Refused(refusal.get())
        : new Submission.Accepted(flow.accept(book, ticket, Admission.intent(book, ticket)));
  }

  Submission cancel(AccountBook book, UUID orderId) {
    var order = book.order(orderId).orElse(null);
    if (order == null) {
      return new Submission.Refused(Refusal.notFound("order not found for " + orderId));
    }
    if (!order.isOpen()) {
      return new Submission.Refused(
          Refusal.unprocessable("order is already in \"" + order.status().wire() + "\" state"));
    }
    if (order.isReplacing() || book.replacementOf(orderId).isPresent()) {
      return new Submission.Refused(
          Refusal.unprocessable("cannot cancel order in pending_replace status"));
    }
    flow.requestCancel(book, order);
    return new Submission.Accepted(book.order(orderId).orElseThrow());
  }

  Submission replace(AccountBook book, UUID orderId, Change change) {
    var old = book.order(orderId).orElse(null);
    if (old == null) {
      return new Submission.Refused(Refusal.notFound("order not found for " + orderId));
    }
    var senseless = Replacement.refusal(book, old, change);
    if (senseless.isPresent()) {
      return new Submission.Refused(senseless.get());
    }
    var id = change.clientOrderId() == null ? identities.next().toString() : change.clientOrderId();
    var ticket =
        old.ticket().with(change, id, change.qty() == null ? old.ticket().qty() : change.qty());
    var refusal = admission.replacement(book, old, ticket, time.now());
    return refusal.isPresent()
        ? new Submission.Refused(refusal.get())
        : new Submission.Accepted(flow.requestReplace(book, old, ticket));
  }
}
