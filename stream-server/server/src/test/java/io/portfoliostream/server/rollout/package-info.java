/// Tests of the roll-out.
@NullMarked
package io.portfoliostream.server.rollout;

import org.jspecify.annotations.NullMarked;
