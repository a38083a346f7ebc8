package io.portfoliostream.simulator.rest;

import io.portfoliostream.simulator.broker.AccountProfile;
import io.portfoliostream.simulator.broker.Refusal;
import io.portfoliostream.simulator.desk.Intervention;
import io.portfoliostream.simulator.desk.KeyRing;
import io.portfoliostream.simulator.json.Json;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Interventions as requests and scripts write them.
///
/// ```json
/// {"action":"bust","account":"demo"}
/// {"action":"correct","account":"demo","execution":"5b1c…","qty":"4","price":"199.50"}
/// {"action":"move-elsewhere","account":"demo","symbol":"KO","qty":"-5","price":"64","recorded":false}
/// {"action":"transfer","account":"demo","amount":"-250.00"}
/// {"action":"halt","symbol":"AAPL","reason":"T12"}
/// {"action":"resume","symbol":"AAPL"}
/// ```
public final class InterventionForm {
  private static final BigDecimal MOST = new BigDecimal("1000000000");

  private final Fields fields;
  private final KeyRing keys;

  private InterventionForm(Fields fields, KeyRing keys) {
    this.fields = fields;
    this.keys = keys;
  }

  /// Whether a line of a script is an intervention and no fault.
  public static boolean isMeant(String text) {
    return Json.parseObject(text).map(json -> json.has("action")).orElse(false);
  }

  /// An intervention from its JSON.
  ///
  /// @throws IllegalArgumentException with what is wrong with it
  public static Intervention parse(String text, KeyRing keys) {
    var json =
        Json.parseObject(text)
            .orElseThrow(() -> new IllegalArgumentException("an action must be a JSON object"));
    try {
      return new InterventionForm(new Fields(json), keys).intervention();
    } catch (RefusedException e) {
      throw new IllegalArgumentException(e.refusal().message(), e);
    }
  }

  private Intervention intervention() {
    var action = text("action");
    return switch (action) {
      case "bust" -> new Intervention.Bust(account(), execution());
      case "correct" ->
          new Intervention.Correct(account(), execution(), decimal("qty"), decimal("price"));
      case "move-elsewhere" ->
          new Intervention.MoveElsewhere(
              account(), text("symbol"), decimal("qty"), decimal("price"), fields.flag("recorded"));
      case "transfer" -> new Intervention.Transfer(account(), decimal("amount"));
      case "halt" -> new Intervention.Halt(text("symbol"), fields.text("reason").orElse("T12"));
      case "resume" -> new Intervention.Resume(text("symbol"));
      default ->
          throw new IllegalArgumentException(
              "action must be bust, correct, move-elsewhere, transfer, halt or resume: " + action);
    };
  }

  private String account() {
    var designation = text("account");
    return keys.find(designation)
        .map(AccountProfile::name)
        .orElseThrow(() -> new IllegalArgumentException("no such account: " + designation));
  }

  private @Nullable UUID execution() {
    return fields.text("execution").map(OrderQuery::uuid).orElse(null);
  }

  private String text(String field) {
    return required(field, fields.text(field));
  }

  private BigDecimal decimal(String field) {
    var value = required(field, fields.decimal(field));
    if (value.abs().compareTo(MOST) > 0) {
      throw new IllegalArgumentException(field + " must be no more than " + MOST);
    }
    return value;
  }

  private static <T> T required(String field, Optional<T> value) {
    return value.orElseThrow(() -> new RefusedException(Refusal.invalid(field + " is required")));
  }
}
