/// The contract's claims about its JSON form.
@NullMarked
package io.portfoliostream.protocol;

import org.jspecify.annotations.NullMarked;
