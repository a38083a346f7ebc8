package io.portfoliostream.server.bus;

import java.time.Duration;

class InProcessBusTest extends EventBusContract {
  @Override
  EventBus create() {
    return new InProcessBus();
  }

  @Override
  Duration silence() {
    return Duration.ZERO;
  }
}
