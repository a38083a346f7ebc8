package io.portfoliostream.ui.positions;

import io.portfoliostream.protocol.PositionSide;
import io.portfoliostream.protocol.PositionUpdate;

/// The columns of the positions, in their order.
enum PositionColumn {
  SYMBOL("Symbol", "4.75rem", "3.75rem"),
  SIDE("Side", "4.5rem", ""),
  QUANTITY("Qty", "4rem", "2.5rem"),
  ENTRY("Entry", "6rem", ""),
  PRICE("Price", "6rem", "4.875rem"),
  VALUE("Market value", "7.75rem", ""),
  PNL("P&L", "7.5rem", "6.125rem"),
  PNL_PERCENT("P&L %", "5.75rem", ""),
  DAY_PNL("Day P&L", "7.25rem", ""),
  UPDATED("Last updated", "6.5rem", "3.5rem");

  private final String header;
  private final String width;
  private final String phoneWidth;

  PositionColumn(String header, String width, String phoneWidth) {
    this.header = header;
    this.width = width;
    this.phoneWidth = phoneWidth;
  }

  String header(boolean onPhone) {
    return onPhone && this == UPDATED ? "Age" : header;
  }

  String width(boolean onPhone) {
    return onPhone && isOnPhones() ? phoneWidth : width;
  }

  boolean isOnPhones() {
    return !phoneWidth.isEmpty();
  }

  /// The direction in a word.
  static String side(PositionUpdate position) {
    return position.side() == PositionSide.LONG ? "Long" : "Short";
  }
}
