/// The audit log: who did what, when and from where. Knows neither HTTP nor why something was done,
/// and is never told a secret.
@NullMarked
package io.portfoliostream.server.audit;

import org.jspecify.annotations.NullMarked;
