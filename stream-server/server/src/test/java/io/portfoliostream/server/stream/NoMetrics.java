package io.portfoliostream.server.stream;

import io.portfoliostream.protocol.ClientMessage;
import io.portfoliostream.server.portfolio.UserId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Metrics that nobody looks at.
final class NoMetrics implements StreamMetrics {
  @Override
  public void opened() {}

  @Override
  public void closed(int code, Duration lived) {}

  @Override
  public void written(FrameKind kind, int bytes) {}

  @Override
  public void delivered(FrameKind kind, Delivery delivery) {}

  @Override
  public void conflated(long changes, int updates) {}

  @Override
  public void slowConsumer() {}

  @Override
  public void answered(boolean replayed) {}

  @Override
  public void ownerMismatch() {}

  @Override
  public void malformed() {}

  @Override
  public void roundTrip(Duration duration) {}

  @Override
  public void reported(UserId user, ClientMessage.Report report) {}

  @Override
  public void received() {}

  @Override
  public void failed() {}

  @Override
  public void returned(@Nullable Duration after) {}

  @Override
  public void stayedAway() {}

  @Override
  public void gapFilled() {}
}
