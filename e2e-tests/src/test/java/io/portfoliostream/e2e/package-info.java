/// What the whole product promises, proved against its real processes: in a browser, over raw
/// connections, and by its own start script.
@NullMarked
package io.portfoliostream.e2e;

import org.jspecify.annotations.NullMarked;
