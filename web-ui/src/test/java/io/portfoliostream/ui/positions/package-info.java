/// Tests of the package of the same name.
@NullMarked
package io.portfoliostream.ui.positions;

import org.jspecify.annotations.NullMarked;
