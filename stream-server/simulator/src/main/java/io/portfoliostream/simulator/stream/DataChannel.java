package io.portfoliostream.simulator.stream;

import java.util.Arrays;
import java.util.List;

/// A kind of market data that can be subscribed to.
enum DataChannel {
  TRADES("trades"),
  QUOTES("quotes"),
  BARS("bars"),
  UPDATED_BARS("updatedBars"),
  DAILY_BARS("dailyBars"),
  STATUSES("statuses"),
  LULDS("lulds");

  static final List<DataChannel> ALL = Arrays.asList(values());
  private final String wire;

  DataChannel(String wire) {
    this.wire = wire;
  }

  String wire() {
    return wire;
  }
}
