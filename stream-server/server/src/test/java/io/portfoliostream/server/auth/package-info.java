/// What is claimed of users, passwords, sessions and sign-ins.
@NullMarked
package io.portfoliostream.server.auth;

import org.jspecify.annotations.NullMarked;
