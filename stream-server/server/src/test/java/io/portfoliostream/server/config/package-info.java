/// What a setting means, and how a bad one is told.
@NullMarked
package io.portfoliostream.server.config;

import org.jspecify.annotations.NullMarked;
