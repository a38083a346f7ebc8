package io.portfoliostream.ui;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// Starts the web application.
///
/// Settings come from the environment: `UI_HOST`, `UI_PORT`, `STREAM_URL`, `DEMO`. With
/// `--parent-pid PID` it ends when that process has ended.
@SpringBootApplication(proxyBeanMethods = false)
public final class Main {
  private Main() {}

  /// Starts it.
  public static void main(String[] args) {
    ParentProcess.of(args).ifPresent(ParentProcess::endWithIt);
    SpringApplication.run(Main.class, args);
  }
}
