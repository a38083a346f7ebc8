/// What is claimed of the database's connections.
@NullMarked
package io.portfoliostream.server.database;

import org.jspecify.annotations.NullMarked;
