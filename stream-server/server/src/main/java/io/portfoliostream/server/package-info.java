/// The stream server's composition root: builds the graph of parts and owns their lifetimes.
@NullMarked
package io.portfoliostream.server;

import org.jspecify.annotations.NullMarked;
