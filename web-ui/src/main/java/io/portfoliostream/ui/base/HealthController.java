package io.portfoliostream.ui.base;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Tells a start script or a load balancer that pages can be served. Says nothing of the stream
/// server, which has its own.
@RestController
class HealthController {
  @GetMapping(value = "/health", produces = "application/json")
  String health() {
    return "{\"status\":\"up\"}";
  }
}
