/// The page that a trader keeps open all day.
@NullMarked
package io.portfoliostream.ui.dashboard;

import org.jspecify.annotations.NullMarked;
