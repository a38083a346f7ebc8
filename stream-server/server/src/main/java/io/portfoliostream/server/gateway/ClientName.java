package io.portfoliostream.server.gateway;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What signed in, in a few words, by its `User-Agent`: for people who look at the list of their
/// sessions. Clients say of themselves what they like, so that nothing is decided by it.
final class ClientName {

  private static final Pattern PRODUCT =
      Pattern.compile("[A-Za-z0-9._+-]{1,40}(/[0-9A-Za-z.]{1,18})?");
  private static final Pattern MAJOR = Pattern.compile("(\\d{1,4})");

  /// In this order: most browsers name others besides themselves.
  private static final List<Word> BROWSERS =
      List.of(
          new Word("Edg/", "Edge"),
          new Word("OPR/", "Opera"),
          new Word("Firefox/", "Firefox"),
          new Word("Chrome/", "Chrome"),
          new Word("Version/", "Safari"));

  private static final List<Word> SYSTEMS =
      List.of(
          new Word("Windows", "Windows"),
          new Word("Android", "Android"),
          new Word("iPhone", "iOS"),
          new Word("iPad", "iOS"),
          new Word("Mac OS X", "macOS"),
          new Word("CrOS", "ChromeOS"),
          new Word("Linux", "Linux"));

  private ClientName() {}

  private record Word(String sign, String name) {}

  /// The name; empty where nothing can be told.
  static Optional<String> of(@Nullable String agent) {
    if (agent == null) {
      return Optional.empty();
    }
    return browser(agent)
        .map(name -> system(agent).map(system -> name + " on " + system).orElse(name))
        .or(() -> product(agent));
  }

  private static Optional<String> browser(String agent) {
    return find(BROWSERS, agent)
        .map(word -> {
          var version = agent.substring(agent.indexOf(word.sign()) + word.sign().length());
          var major = MAJOR.matcher(version);
          return major.lookingAt() ? word.name() + " " + major.group(1) : word.name();
        });
  }

  private static Optional<String> system(String agent) {
    return find(SYSTEMS, agent).map(Word::name);
  }

  private static Optional<Word> find(List<Word> words, String agent) {
    return words.stream().filter(word -> agent.contains(word.sign())).findFirst();
  }

  private static Optional<String> product(String agent) {
    var product = PRODUCT.matcher(agent.strip());
    return product.lookingAt()
        ? Optional.of(agent.strip().substring(0, product.end()))
        : Optional.empty();
  }
}
