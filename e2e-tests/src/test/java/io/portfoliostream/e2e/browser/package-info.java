/// A browser for tests, which keeps trace and screenshot of whatever failed.
///
/// Knows no page of the product.
@NullMarked
package io.portfoliostream.e2e.browser;

import org.jspecify.annotations.NullMarked;
