package io.portfoliostream.ui.format;

/// Where the page's own elements are served.
public final class PageScript {
  /// The address; the number makes browsers fetch a changed script again.
  public static final String URL = "context://app/live.js?v=1";

  private PageScript() {}
}
