/// The portfolio as pages follow it: one client per browser session, one pending update per page.
///
/// The only package that calls a page from another thread. Must not know any view.
@NullMarked
package io.portfoliostream.ui.live;

import org.jspecify.annotations.NullMarked;
