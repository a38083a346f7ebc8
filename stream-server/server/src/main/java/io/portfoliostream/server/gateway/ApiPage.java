package io.portfoliostream.server.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The calls of the interface as a page that loads nothing.
final class ApiPage {
  private static final Pattern PATH = Pattern.compile(" {2}(/\\S+):");
  private static final Pattern METHOD = Pattern.compile(" {4}(get|put|post|patch|delete):");
  private static final String SUMMARY = "      summary: ";

  private static final String STYLE =
      "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
          + "color-scheme:light dark}td,th{text-align:left;padding:.3rem .8rem .3rem 0;"
          + "vertical-align:top}code{font-family:ui-monospace,monospace}";

  private ApiPage() {}

  /// One line of the list.
  record Operation(String method, String path, String summary) {}

  static Answer answer(String openapi) {
    return Answer.text("text/html; charset=utf-8", html(operations(openapi)))
        .with(
            "Content-Security-Policy",
            "default-src 'none'; frame-ancestors 'none'; style-src 'sha256-" + hash(STYLE) + "'");
  }

  /// The operations, read line by line: the description is ours, and always written like this.
  static List<Operation> operations(String openapi) {
    var operations = new ArrayList<Operation>();
    var path = "";
    var method = "";
    for (var line : openapi.lines().takeWhile(text -> !text.equals("components:")).toList()) {
      if (PATH.matcher(line).matches()) {
        path = line.strip().replaceFirst(":$", "");
      } else if (METHOD.matcher(line).matches()) {
        method = line.strip().replaceFirst(":$", "").toUpperCase(Locale.ROOT);
      } else if (line.startsWith(SUMMARY) && !path.isEmpty()) {
        operations.add(new Operation(method, path, line.substring(SUMMARY.length())));
      }
    }
    return List.copyOf(operations);
  }

  private static String html(List<Operation> operations) {
    var rows = new StringBuilder();
    for (var operation : operations) {
      rows.append("<tr><td><code>")
          .append(operation.method())
          .append("</code></td><td><code>")
          .append(escaped(operation.path()))
          .append("</code></td><td>")
          .append(escaped(operation.summary()))
          .append("</td></tr>\n");
    }
    return """
    <!doctype html>
    <html lang="en">
    <head><meta charset="utf-8"><title>Portfolio Stream: interface</title><style>%s</style></head>
    <body>
    <h1>Portfolio Stream: interface</h1>
    <p>Described for programs in <a href="docs/openapi.yaml">openapi.yaml</a> (HTTP) and
    <a href="docs/asyncapi.yaml">asyncapi.yaml</a> (WebSocket <code>/ws/portfolio</code> and events).</p>
    <table>
    <thead><tr><th>Method</th><th>Path</th><th></th></tr></thead>
    <tbody>
    %s</tbody>
    </table>
    </body>
    </html>
    """
        .formatted(STYLE, rows);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String hash(String text) {
    try {
      var sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(sha);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
