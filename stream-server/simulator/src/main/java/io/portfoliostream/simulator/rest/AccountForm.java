package io.portfoliostream.simulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portfoliostream.simulator.broker.AccountProfile;
import io.portfoliostream.simulator.broker.AccountState;
import io.portfoliostream.simulator.broker.Balance;
import io.portfoliostream.simulator.broker.Exchange;
import io.portfoliostream.simulator.broker.Position;
import io.portfoliostream.simulator.broker.Refusal;
import io.portfoliostream.simulator.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The body of `POST /simulator/accounts`.
///
/// ```json
/// {"name":"t1","key":"PKT1000000000000001","secret":"t1-secret","cash":"50000",
///  "positions":[{"symbol":"AAPL","qty":"10","avg_entry_price":"190.00"}]}
/// ```
final class AccountForm {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]{8,40}");
  private static final Pattern SECRET = Pattern.compile("[!-~]{8,80}");
  private static final BigDecimal MOST = new BigDecimal("1000000000000");
  private static final BigDecimal MARGIN = new BigDecimal("0.3");
  private static final int MOST_POSITIONS = 500;
  private static final int MULTIPLIER = 2;

  private final Fields fields;
  private final Exchange exchange;

  private AccountForm(Fields fields, Exchange exchange) {
    this.fields = fields;
    this.exchange = exchange;
  }

  /// The account that a body asks for, as it begins. Without a key, a secret or cash it gets some.
  static AccountState parse(String body, Exchange exchange) {
    var json =
        Json.parseObject(body)
            .orElseThrow(() -> new RefusedException(Refusal.malformed("body must be an object")));
    return new AccountForm(new Fields(json), exchange).state();
  }

  private AccountState state() {
    var name = text("name", NAME, null);
    var digest = UUID.nameUUIDFromBytes(("account:" + name).getBytes(StandardCharsets.UTF_8));
    var usualKey = "PKTEST%014X".formatted(digest.getMostSignificantBits() >>> 8);
    var profile =
        new AccountProfile(
            new UUID(
                (digest.getMostSignificantBits() & ~0xF000L) | 0x4000L,
                digest.getLeastSignificantBits()),
            name,
            text("key", KEY, usualKey),
            text("secret", SECRET, "secret-" + digest),
            "PA3TEST%08X".formatted(digest.getLeastSignificantBits() & 0xFFFFFFFFL),
            MULTIPLIER,
            true,
            exchange.now());
    var positions = positions();
    var cash = amount(fields, "cash", "100000");
    var value = positions.stream().map(this::value).reduce(BigDecimal.ZERO, BigDecimal::add);
    return AccountState.begin(
        profile, new Balance(cash, cash.add(value), value.abs().multiply(MARGIN)), positions);
  }

  private List<Position> positions() {
    var array = fields.body().path("positions");
    if (array.size() > MOST_POSITIONS) {
      throw invalid("positions must be no more than " + MOST_POSITIONS);
    }
    var positions = new ArrayList<Position>();
    var symbols = new HashSet<String>();
    for (var json : array) {
      var position = position(json);
      if (!symbols.add(position.symbol())) {
        throw invalid("positions name " + position.symbol() + " twice");
      }
      positions.add(position);
    }
    return positions;
  }

  private Position position(JsonNode json) {
    if (!(json instanceof ObjectNode object)) {
      throw invalid("positions must be objects");
    }
    var own = new Fields(object);
    var symbol = own.text("symbol").orElseThrow(() -> invalid("positions need a symbol"));
    if (exchange.listings().find(symbol).isEmpty()) {
      throw invalid("positions name an asset that is not listed: " + symbol);
    }
    var qty = own.decimal("qty").orElseThrow(() -> invalid("positions need a qty"));
    if (qty.signum() == 0 || qty.abs().compareTo(MOST) > 0) {
      throw invalid("qty must not be 0 nor beyond " + MOST + ": " + qty.toPlainString());
    }
    var last = exchange.prices().mark(symbol).last().toPlainString();
    return Position.overnight(symbol, qty, amount(own, "avg_entry_price", last));
  }

  private BigDecimal value(Position position) {
    return position.marketValue(exchange.prices().mark(position.symbol()).last());
  }

  private String text(String field, Pattern pattern, @Nullable String otherwise) {
    var given = fields.text(field);
    if (given.isEmpty() && otherwise != null) {
      return otherwise;
    }
    return given
        .filter(text -> pattern.matcher(text).matches())
        .orElseThrow(() -> invalid(field + " must match " + pattern));
  }

  private static BigDecimal amount(Fields fields, String field, String otherwise) {
    var amount = fields.decimal(field).orElse(new BigDecimal(otherwise));
    if (amount.signum() < 0 || amount.compareTo(MOST) > 0) {
      throw invalid(field + " must be 0 to " + MOST + ": " + amount.toPlainString());
    }
    return amount.setScale(Math.min(amount.scale(), 4), RoundingMode.HALF_UP);
  }

  private static RefusedException invalid(String message) {
    return new RefusedException(Refusal.invalid(message));
  }
}
