package io.portfoliostream.ui.connection;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JavaScript;
import io.portfoliostream.client.Changes;
import io.portfoliostream.ui.format.PageScript;
import io.portfoliostream.ui.live.LiveFollower;
import io.portfoliostream.ui.live.LivePage;
import io.portfoliostream.ui.live.LiveState;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The dot with words in the header: the server side of `<conn-dot>`.
///
/// What the stream client says is only half of it. The page counts the beats and turns yellow, then
/// red, by itself when they stop.
@Tag("conn-dot")
@JavaScript(PageScript.URL)
public final class ConnectionIndicator extends Component implements LiveFollower {
  private String text = "";

  /// An indicator for `page`.
  public ConnectionIndicator(LivePage page) {
    getElement().setAttribute("role", "status").setAttribute("data-testid", "connection");
    page.follow(this, this);
  }

  @Override
  public void showAll(LiveState now) {
    var status = LiveStatus.of(now);
    text = status.text();
    var asOf = status.asOf();
    getElement()
        .setPropertyMap(
            "feed",
            Map.of(
                "level",
                status.level().wireName(),
                "text",
                status.text(),
                "asOf",
                asOf == null ? 0 : asOf.toEpochMilli(),
                "stale",
                status.stale(),
                "reason",
                status.reason()));
  }

  @Override
  public void showChanges(LiveState now, Changes changes) {
    if (changes.connection() || changes.feeds()) {
      showAll(now);
    }
  }

  @Override
  public void beat(long number, Instant at) {
    getElement().setPropertyList("beat", List.of(number, at.toEpochMilli()));
  }

  /// What the server's half says.
  String text() {
    return text;
  }
}
