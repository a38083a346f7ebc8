/// The server's settings: one record tree, read and checked once at start; a bad key is named.
///
/// The only package that reads the environment.
@NullMarked
package io.portfoliostream.server.config;

import org.jspecify.annotations.NullMarked;
