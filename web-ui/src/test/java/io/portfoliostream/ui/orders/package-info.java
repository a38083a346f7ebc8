/// Tests of the package of the same name.
@NullMarked
package io.portfoliostream.ui.orders;

import org.jspecify.annotations.NullMarked;
