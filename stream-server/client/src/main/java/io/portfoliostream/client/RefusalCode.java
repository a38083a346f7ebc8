package io.portfoliostream.client;

import io.portfoliostream.protocol.ProblemCode;
import io.portfoliostream.protocol.Rest;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds out why an upgrade was refused when its answer does not say: something between client and
/// server may have taken the body away.
final class RefusalCode {
  private final Core core;

  RefusalCode(Core core) {
    this.core = core;
  }

  /// Gives `found` the code, absent when nobody knows, in the mailbox.
  void find(int status, @Nullable String told, Consumer<@Nullable String> found) {
    if (told != null || (status != 429 && status != 503)) {
      found.accept(told);
      return;
    }
    core.requests()
        .call(
            () -> Optional.ofNullable(code(core.backend().streamStatus())),
            read -> found.accept(read.orElse(null)),
            failure -> found.accept(code(failure)));
  }

  private static @Nullable String code(Rest.StreamStatus status) {
    if (!status.realtimeEnabled()) {
      return ProblemCode.REALTIME_DISABLED.wireName();
    }
    return status.connections().size() >= status.limit()
        ? ProblemCode.CONNECTION_LIMIT.wireName()
        : null;
  }

  private static @Nullable String code(StreamApiException failure) {
    return switch (failure) {
      case StreamApiException.Refused refused -> refused.problem().code();
      case StreamApiException.Unreachable _, StreamApiException.BadAnswer _ -> null;
    };
  }
}
