/// The REST interface as plain requests and responses; knows no HTTP server.
@NullMarked
package io.portfoliostream.simulator.rest;

import org.jspecify.annotations.NullMarked;
