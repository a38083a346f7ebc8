/// Values and pure rules of a portfolio: what it holds, how an event changes it, what it is worth.
///
/// Knows nothing but the Java platform: no JSON, no database, no clock.
@NullMarked
package io.portfoliostream.server.portfolio;

import org.jspecify.annotations.NullMarked;
