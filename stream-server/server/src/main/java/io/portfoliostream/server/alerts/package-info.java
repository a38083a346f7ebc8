/// The alerts of the specification: rules over figures that were sampled before, and their states.
///
/// Knows no meter and no clock: what it judges carries its time.
@NullMarked
package io.portfoliostream.server.alerts;

import org.jspecify.annotations.NullMarked;
