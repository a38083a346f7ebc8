package io.portfoliostream.ui.base;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// What holds for every page: it comes back to its server quickly, and no failure stays silent.
@Component
class PageSetup implements VaadinServiceInitListener {
  private static final Logger LOG = LoggerFactory.getLogger(PageSetup.class);
  private static final int RETRY_MILLIS = 1000;
  private static final int RETRIES = 100_000;
  private static final int ERROR_MILLIS = 6000;

  @Override
  public void serviceInit(ServiceInitEvent event) {
    event.getSource().addUIInitListener(init -> tune(init.getUI()));
    event
        .getSource()
        .addSessionInitListener(init -> init.getSession().setErrorHandler(PageSetup::failed));
  }

  private static void tune(UI ui) {
    var push = ui.getPushConfiguration();
    push.setParameter("reconnectInterval", String.valueOf(RETRY_MILLIS));
    push.setParameter("maxWebsocketErrorRetries", String.valueOf(RETRIES));
    var dialog = ui.getReconnectDialogConfiguration();
    dialog.setReconnectInterval(RETRY_MILLIS);
    dialog.setReconnectAttempts(RETRIES);
  }

  private static void failed(ErrorEvent event) {
    LOG.error("A page failed", event.getThrowable());
    if (UI.getCurrent() != null) {
      var toast =
          Notification.show(
              "Something went wrong. What you see may be incomplete; reload the page.",
              ERROR_MILLIS,
              Notification.Position.BOTTOM_CENTER);
      toast.addThemeVariants(NotificationVariant.ERROR);
    }
  }
}
