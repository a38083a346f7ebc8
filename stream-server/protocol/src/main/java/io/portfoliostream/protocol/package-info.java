/// The wire contract, version 1: every message, its JSON form, and the digest that proves a view.
///
/// Knows no framework, no socket and no clock.
@NullMarked
package io.portfoliostream.protocol;

import org.jspecify.annotations.NullMarked;
