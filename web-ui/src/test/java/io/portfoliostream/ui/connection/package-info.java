/// Tests of the package of the same name.
@NullMarked
package io.portfoliostream.ui.connection;

import org.jspecify.annotations.NullMarked;
