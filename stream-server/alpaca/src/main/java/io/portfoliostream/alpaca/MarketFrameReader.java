package io.portfoliostream.alpaca;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads the frames of the market data stream token by token, without a tree: this is the hot path.
///
/// One bad element costs that element only. Not safe for several threads.
final class MarketFrameReader {
  private final MarketElement element = new MarketElement();
  private List<MarketTrade> trades = List.of();
  private List<MarketQuote> quotes = List.of();
  private List<MarketStatus> statuses = List.of();
  private List<MarketFrame.Control> controls = List.of();
  private int unreadable;

  /// Reads an array of elements, or a single element.
  ///
  /// @throws UnreadableException when the frame is neither
  MarketFrame read(byte[] frame) {
    trades = new ArrayList<>();
    quotes = new ArrayList<>();
    statuses = new ArrayList<>();
    controls = new ArrayList<>();
    unreadable = 0;
    try (var parser = Json.FACTORY.createParser(frame)) {
      readAll(parser);
    } catch (IOException e) {
      throw new UnreadableException("not JSON", e);
    }
    return new MarketFrame(trades, quotes, statuses, controls, unreadable);
  }

  private void readAll(JsonParser parser) throws IOException {
    var first = parser.nextToken();
    if (first == JsonToken.START_OBJECT) {
      readElement(parser);
      return;
    }
    if (first != JsonToken.START_ARRAY) {
      throw new UnreadableException("neither an array nor an object");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        readElement(parser);
      } else {
        unreadable++;
        parser.skipChildren();
      }
    }
  }

  private void readElement(JsonParser parser) throws IOException {
    element.read(parser);
    try {
      addElement();
    } catch (UnreadableException _) {
      unreadable++;
    }
  }

  private void addElement() {
    switch (element.type()) {
      case "t" -> trades.add(element.trade());
      case "q" -> quotes.add(element.quote());
      case "s" -> statuses.add(element.status());
      case "success" -> addSuccess();
      case "subscription" -> controls.add(new MarketFrame.Subscription(element.subscribed()));
      case "error" -> controls.add(new MarketFrame.Failure(element.code(), element.message()));
      // Bars, corrections and whatever comes later: not subscribed to, so of no use.
      default -> {}
    }
  }

  private void addSuccess() {
    switch (element.message()) {
      case "connected" -> controls.add(new MarketFrame.Welcome());
      case "authenticated" -> controls.add(new MarketFrame.Authenticated());
      default -> unreadable++;
    }
  }
}
