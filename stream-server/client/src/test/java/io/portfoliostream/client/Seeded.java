package io.portfoliostream.client;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A test run once for each of many seeds. The failing seed is in the test's name; repeat it with
/// `-Dtest.seed=<seed>`.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "seed {0}")
@MethodSource("io.portfoliostream.client.Seeded$Seeds#all")
@interface Seeded {

  /// The seeds to run.
  final class Seeds {
    private static final long COUNT = 200;

    private Seeds() {}

    static Stream<Long> all() {
      var only = Long.getLong("test.seed");
      return only == null ? LongStream.range(0, COUNT).boxed() : Stream.of(only);
    }
  }
}
