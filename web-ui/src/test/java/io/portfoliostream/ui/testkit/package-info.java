/// What tests of the page share: a portfolio that does what it is told, and a clockwork to turn.
@NullMarked
package io.portfoliostream.ui.testkit;

import org.jspecify.annotations.NullMarked;
