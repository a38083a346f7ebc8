package io.portfoliostream.alpaca;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SerialContextTest {
  private final SerialContext context = new SerialContext();
  private final List<String> log = new ArrayList<>();

  @Test
  void aTaskAddedByATaskRunsAfterIt() {
    context.execute(() -> {
      context.execute(() -> log.add("inner"));
      log.add("outer");
    });

    assertThat(log).containsExactly("outer", "inner");
  }

  @Test
  void aFailingTaskStopsNobody() {
    context.execute(() -> {
      context.execute(() -> log.add("next"));
      throw new IllegalStateException("spilled ice cream");
    });

    assertThat(log).containsExactly("next");
    assertThat(context.isCurrent()).isFalse();
  }

  @Test
  void whoeverFindsItBusyLeavesTheTaskToTheOther() throws InterruptedException {
    var entered = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var other =
        Thread.ofVirtual()
            .start(() ->
                context.execute(() -> {
                  entered.countDown();
                  awaitUnchecked(release);
                  log.add("first");
                }));
    assertThat(entered.await(5, TimeUnit.SECONDS)).isTrue();

    context.execute(() -> log.add("second"));
    release.countDown();
    other.join();

    assertThat(log).containsExactly("first", "second");
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
