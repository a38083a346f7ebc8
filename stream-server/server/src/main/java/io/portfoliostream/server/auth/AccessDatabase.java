package io.portfoliostream.server.auth;

import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/// The database as users and sessions are kept in it: a statement that fails tells what failed, and
/// none of the values that it had, since hashes of passwords are among them.
public final class AccessDatabase {
  private AccessDatabase() {}

  /// Access to the database behind `dataSource`.
  public static Jdbi open(DataSource dataSource) {
    return Jdbi.create(dataSource)
        .configure(
            StatementExceptions.class,
            exceptions -> exceptions.setMessageRendering(MessageRendering.NONE));
  }
}
