/// Words, signs and colours of numbers and times, and the two page elements that show them.
///
/// Must not know where a number comes from.
@NullMarked
package io.portfoliostream.ui.format;

import org.jspecify.annotations.NullMarked;
