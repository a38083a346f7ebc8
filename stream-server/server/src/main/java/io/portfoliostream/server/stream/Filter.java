package io.portfoliostream.server.stream;

import io.portfoliostream.protocol.Channel;
import io.portfoliostream.protocol.ClientMessage.Subscribe;
import io.portfoliostream.protocol.ClientMessage.Unsubscribe;
import io.portfoliostream.protocol.ClientMessageCodec;
import io.portfoliostream.protocol.Malformed;
import io.portfoliostream.protocol.Malformed.Code;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What of a portfolio a connection is shown.
///
/// @param symbols narrows positions, orders and trades; all when absent
record Filter(Set<Channel> channels, @Nullable Set<String> symbols) {
  /// Shows nothing: a connection before its first subscription.
  static final Filter NOTHING = new Filter(Set.of(), null);

  private static final Set<Channel> ALL = Set.of(Channel.values());

  /// Freezes the sets.
  Filter {
    channels = Set.copyOf(channels);
    symbols = symbols == null ? null : Set.copyOf(symbols);
  }

  /// What became of a wish.
  sealed interface Change {
    /// It is granted.
    record To(Filter filter) implements Change {}

    /// It is not; nothing changes.
    record Refused(Malformed malformed) implements Change {}
  }

  boolean has(Channel channel) {
    return channels.contains(channel);
  }

  boolean shows(String symbol) {
    return symbols == null || symbols.contains(symbol);
  }

  boolean isEverything() {
    return symbols == null && channels.size() == ALL.size();
  }

  /// Whether a digest can be compared by a client that is shown this.
  boolean isProvable() {
    return symbols == null && has(Channel.POSITIONS) && has(Channel.ORDERS) && has(Channel.ACCOUNT);
  }

  /// Adds to it. Naming symbols while all are shown narrows to them.
  Change plus(Subscribe wish) {
    var moreChannels = union(channels, wish.channels() == null ? ALL : wish.channels());
    var narrowed = wish.symbols();
    if (narrowed != null && symbols != null) {
      narrowed = union(symbols, narrowed);
    } else if (narrowed == null) {
      narrowed = symbols;
    }
    if (narrowed != null && narrowed.size() > ClientMessageCodec.MAX_SYMBOLS) {
      return refused(
          Code.TOO_MANY_SYMBOLS,
          "at most " + ClientMessageCodec.MAX_SYMBOLS + " symbols in a subscription");
    }
    return new Change.To(new Filter(moreChannels, narrowed));
  }

  /// Takes from it: symbols when only they are named, else the channels named, else everything.
  Change minus(Unsubscribe wish) {
    var fewerSymbols = symbols;
    if (wish.symbols() != null) {
      if (symbols == null) {
        return refused(Code.BAD_SYMBOL, "all symbols are subscribed: none can be taken away");
      }
      fewerSymbols = difference(symbols, wish.symbols());
    }
    var taken = wish.channels();
    if (taken == null) {
      taken = wish.symbols() == null ? ALL : Set.of();
    }
    var fewerChannels = difference(channels, taken);
    return new Change.To(
        fewerChannels.isEmpty() ? NOTHING : new Filter(fewerChannels, fewerSymbols));
  }

  private static Change refused(Code code, String message) {
    return new Change.Refused(new Malformed(code, message));
  }

  private static <T> Set<T> union(Set<T> one, Set<T> other) {
    var all = new HashSet<>(one);
    all.addAll(other);
    return all;
  }

  private static <T> Set<T> difference(Set<T> one, Set<T> other) {
    var left = new HashSet<>(one);
    left.removeAll(other);
    return left;
  }

  /// The channels in the order of the protocol.
  Set<Channel> orderedChannels() {
    return channels.isEmpty() ? Set.of() : EnumSet.copyOf(channels);
  }
}
