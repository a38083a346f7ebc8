package io.portfoliostream.server.simulation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A test that runs once for each of many seeds. The failing seed is in the test's name; repeat it
/// with `-Dtest.seed=<seed>`, and run more of them with `-Dtest.seeds=<count>`.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "seed {0}")
@MethodSource("io.portfoliostream.server.simulation.Seeded$Seeds#all")
@interface Seeded {

  /// The seeds to run.
  final class Seeds {
    private static final long COUNT = 200;

    private Seeds() {}

    static boolean areAll() {
      return Long.getLong("test.seed") == null;
    }

    static Stream<Long> all() {
      var only = Long.getLong("test.seed");
      return only == null
          ? LongStream.range(0, Long.getLong("test.seeds", COUNT)).boxed()
          : Stream.of(only);
    }
  }
}
