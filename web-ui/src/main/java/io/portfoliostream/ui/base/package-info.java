/// The frame around every view: layout, theme, health, and the last resort for failures.
@NullMarked
package io.portfoliostream.ui.base;

import org.jspecify.annotations.NullMarked;
