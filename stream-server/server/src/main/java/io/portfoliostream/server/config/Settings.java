package io.portfoliostream.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Typed reading of named texts; what cannot be read is refused by name. A blank text counts as
/// absent.
record Settings(Map<String, String> texts) {

  Optional<String> text(String key) {
    return Optional.ofNullable(texts.get(key)).map(String::strip).filter(text -> !text.isEmpty());
  }

  Optional<Secret> secret(String key) {
    return Optional.ofNullable(texts.get(key)).filter(text -> !text.isBlank()).map(Secret::new);
  }

  int number(String key, int absent, int least, int most) {
    return text(key).map(text -> number(key, text, least, most)).orElse(absent);
  }

  private static int number(String key, String text, int least, int most) {
    try {
      var number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new BadSetting(key, "is not a number: " + quoted(text));
    }
    throw new BadSetting(key, "must be from " + least + " to " + most + ", not " + text);
  }

  int port(String key, int absent) {
    return number(key, absent, 0, 65_535);
  }

  Duration millis(String key, int absent, int least, int most) {
    return Duration.ofMillis(number(key, absent, least, most));
  }

  boolean flag(String key, boolean absent) {
    return text(key)
        .map(text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new BadSetting(key, "must be true or false, not " + quoted(text));
            })
        .orElse(absent);
  }

  <E extends Enum<E>> E choice(String key, E absent) {
    return text(key).map(text -> choice(key, text, absent.getDeclaringClass())).orElse(absent);
  }

  private static <E extends Enum<E>> E choice(String key, String text, Class<E> type) {
    var choices = EnumSet.allOf(type);
    return choices.stream()
        .filter(choice -> choice.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() ->
            new BadSetting(
                key,
                "must be one of "
                    + choices.toString().toLowerCase(Locale.ROOT)
                    + ", not "
                    + quoted(text)));
  }

  URI uri(String key, String absent) {
    var text = text(key).orElse(absent);
    try {
      var uri = new URI(text);
      if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new BadSetting(key, "is not an address: " + quoted(text));
    }
    throw new BadSetting(key, "must start with http:// or https://: " + quoted(text));
  }

  <T> Set<T> each(String key, String absent, Function<String, Optional<T>> parse) {
    var found = new LinkedHashSet<T>();
    for (var part : words(text(key).orElse(absent))) {
      found.add(
          parse
              .apply(part)
              .orElseThrow(() -> new BadSetting(key, "cannot contain " + quoted(part))));
    }
    return found;
  }

  private static List<String> words(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  static String quoted(String text) {
    return '\'' + (text.length() > 100 ? text.substring(0, 100) + "…" : text) + '\'';
  }
}
