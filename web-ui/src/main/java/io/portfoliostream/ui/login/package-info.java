/// Signing in against the stream server, and staying signed in over a restart of this one.
@NullMarked
package io.portfoliostream.ui.login;

import org.jspecify.annotations.NullMarked;
