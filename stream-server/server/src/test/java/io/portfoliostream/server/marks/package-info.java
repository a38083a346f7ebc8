/// Proves the mark book, the interest and the feed board.
@NullMarked
package io.portfoliostream.server.marks;

import org.jspecify.annotations.NullMarked;
