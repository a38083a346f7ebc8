/// Tests of the parts as a whole.
@NullMarked
package io.portfoliostream.ui;

import org.jspecify.annotations.NullMarked;
