/// The web application: starts it and wires its parts.
///
/// Every part below is independent of this package.
@NullMarked
package io.portfoliostream.ui;

import org.jspecify.annotations.NullMarked;
