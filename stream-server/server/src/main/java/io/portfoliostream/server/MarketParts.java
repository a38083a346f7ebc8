package io.portfoliostream.server;

import io.portfoliostream.server.marks.FeedBoard;
import io.portfoliostream.server.marks.Interest;
import io.portfoliostream.server.marks.MarkBook;

/// What is known of prices and of the feeds' freshness on this node.
record MarketParts(MarkBook marks, Interest interest, FeedBoard feeds) {}
