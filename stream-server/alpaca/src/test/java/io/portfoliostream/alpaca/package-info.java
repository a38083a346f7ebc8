/// The client's claims, proved against fixtures of Alpaca's shapes and against servers on loopback.
@NullMarked
package io.portfoliostream.alpaca;

import org.jspecify.annotations.NullMarked;
