/// Tests of the package of the same name.
@NullMarked
package io.portfoliostream.ui.login;

import org.jspecify.annotations.NullMarked;
