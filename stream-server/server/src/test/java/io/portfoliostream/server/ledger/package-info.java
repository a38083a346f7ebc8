/// The ledger's promises, on a real PostgreSQL.
@NullMarked
package io.portfoliostream.server.ledger;

import org.jspecify.annotations.NullMarked;
