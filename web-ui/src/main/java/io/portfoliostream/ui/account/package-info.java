/// The account's figures.
@NullMarked
package io.portfoliostream.ui.account;

import org.jspecify.annotations.NullMarked;
