/// What is measured, and under which names: the meters of the streams and of the process.
///
/// Knows no web server; reads no clock of its own.
@NullMarked
package io.portfoliostream.server.telemetry;

import org.jspecify.annotations.NullMarked;
