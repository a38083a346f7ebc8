/// The pages as a user sees them: by label, role and test id.
///
/// Knows no processes and no test.
@NullMarked
package io.portfoliostream.e2e.pages;

import org.jspecify.annotations.NullMarked;
