/// Tests of the package of the same name.
@NullMarked
package io.portfoliostream.ui.dashboard;

import org.jspecify.annotations.NullMarked;
