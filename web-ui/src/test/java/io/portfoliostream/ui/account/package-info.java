/// Tests of the package of the same name.
@NullMarked
package io.portfoliostream.ui.account;

import org.jspecify.annotations.NullMarked;
