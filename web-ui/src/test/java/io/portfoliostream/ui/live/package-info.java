/// Tests of the package of the same name.
@NullMarked
package io.portfoliostream.ui.live;

import org.jspecify.annotations.NullMarked;
