/// PostgreSQL as the server uses it: an external one, or one that the server starts and stops
/// itself; the pool; the migrations.
@NullMarked
package io.portfoliostream.server.database;

import org.jspecify.annotations.NullMarked;
