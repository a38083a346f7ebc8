/// An Alpaca-compatible broker on loopback: options, lifetimes and the embeddable entry point.
@NullMarked
package io.portfoliostream.simulator;

import org.jspecify.annotations.NullMarked;
