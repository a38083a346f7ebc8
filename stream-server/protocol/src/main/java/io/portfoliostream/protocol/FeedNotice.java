package io.portfoliostream.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A source went stale, or came back: the payload of `data_stale` and `data_fresh`.
///
/// @param stale which of the two; on the wire it is the message's `type`
/// @param since when it changed
/// @param lastEventAt when the source was last heard
public record FeedNotice(
    @JsonIgnore boolean stale, Source source, Instant since, @Nullable Instant lastEventAt)
    implements Payload {
  /// Refuses a notice with a field missing.
  public FeedNotice {
    requireNonNull(source, "source");
    requireNonNull(since, "since");
  }

  /// The notice as it stands in `data`, without what the message's `type` says.
  record Body(Source source, Instant since, @Nullable Instant lastEventAt) {
    FeedNotice notice(boolean stale) {
      return new FeedNotice(stale, source, since, lastEventAt);
    }
  }

  /// A source of data behind a portfolio.
  public enum Source {
    /// Orders, executions, positions, cash.
    @JsonProperty("trading")
    TRADING,
    /// Prices.
    @JsonProperty("market_data")
    MARKET_DATA
  }
}
