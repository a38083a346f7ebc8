/// Who somebody is: users, passwords, sessions, and the one security provider that REST and the
/// stream's upgrade share.
///
/// Knows nothing of the portfolio beyond its owner's identity.
@NullMarked
package io.portfoliostream.server.auth;

import org.jspecify.annotations.NullMarked;
