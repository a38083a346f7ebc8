/// The product as processes on free ports, and ways to talk to them without the product's own
/// client.
///
/// Knows no browser.
@NullMarked
package io.portfoliostream.e2e.stack;

import org.jspecify.annotations.NullMarked;
