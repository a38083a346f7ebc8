package io.portfoliostream.e2e.browser;

import com.microsoft.playwright.Page;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A number that flashed, as the recorder of [Recorders#watchFlashes] saw it.
///
/// @param name of the animation, or of the flash where there was none
/// @param duration of the animation in milliseconds
/// @param animations how many were running at that moment
/// @param before the number before the flash
/// @param after the number that flashed
public record Flash(
    String id,
    String name,
    String transform,
    String background,
    double duration,
    int animations,
    double before,
    double after) {

  /// The animations that began, each at its first instant.
  public static List<Flash> animations(Page page) {
    return read(page, "flashRecorder.animations");
  }

  /// The changes of numbers that flashed, and what they looked like right then.
  public static List<Flash> changes(Page page) {
    return read(page, "flashRecorder.changes");
  }

  /// For how long flashes stood that no other change cut short.
  public static List<Double> stoodMillis(Page page) {
    return ((List<?>) page.evaluate("flashRecorder.stood"))
        .stream().map(millis -> ((Number) Objects.requireNonNull(millis)).doubleValue()).toList();
  }

  /// Whether the background is more green than red.
  public boolean isGreen() {
    return greenOverRed() > 0;
  }

  /// Whether the background is more red than green.
  public boolean isRed() {
    return greenOverRed() < 0;
  }

  private double greenOverRed() {
    var numbers =
        Arrays.stream(background.replaceAll("[^0-9. ]", " ").strip().split("[ ]+"))
            .map(Double::valueOf)
            .toList();
    return numbers.get(1) - numbers.get(0);
  }

  private static List<Flash> read(Page page, String list) {
    return ((List<?>) page.evaluate(list))
        .stream().map(seen -> of((Map<?, ?>) Objects.requireNonNull(seen))).toList();
  }

  private static Flash of(Map<?, ?> seen) {
    return new Flash(
        String.valueOf(seen.get("id")),
        String.valueOf(seen.get("name")),
        String.valueOf(seen.get("transform")),
        String.valueOf(seen.get("backgroundColor")),
        number(seen, "duration"),
        (int) number(seen, "animations"),
        number(seen, "before"),
        number(seen, "after"));
  }

  private static double number(Map<?, ?> seen, String key) {
    return seen.get(key) instanceof Number number ? number.doubleValue() : 0;
  }
}
