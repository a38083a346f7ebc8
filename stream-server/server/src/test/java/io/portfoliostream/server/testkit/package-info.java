/// What tests share: a database of their own, a clock that stands still, seeds.
@NullMarked
package io.portfoliostream.server.testkit;

import org.jspecify.annotations.NullMarked;
