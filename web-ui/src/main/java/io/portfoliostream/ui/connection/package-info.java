/// How live the page is: in words, in colour, and as a warning over what may be out of date.
@NullMarked
package io.portfoliostream.ui.connection;

import org.jspecify.annotations.NullMarked;
