/// Tests of how numbers are written.
@NullMarked
package io.portfoliostream.ui.format;

import org.jspecify.annotations.NullMarked;
