package io.portfoliostream.protocol;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The complete current subscription, with what the client needs to stand at `seq`.
///
/// @param symbols the symbols it is narrowed to, absent for all
/// @param windowMs the granted conflation window
/// @param recovered whether `replay` brings the client from its own position to `seq`
/// @param snapshot the whole portfolio at `seq`, narrowed to the subscription
/// @param replay all sequenced messages after the client's position, in order
public record Subscribed(
    Set<Channel> channels,
    @Nullable Set<String> symbols,
    long windowMs,
    boolean recovered,
    String epoch,
    long seq,
    Feeds feeds,
    @Nullable Snapshot snapshot,
    @Nullable List<ServerMessage> replay)
    implements Payload {
  /// Refuses an answer with a field missing.
  public Subscribed {
    requireNonNull(channels, "channels");
    requireNonNull(epoch, "epoch");
    requireNonNull(feeds, "feeds");
  }
}
