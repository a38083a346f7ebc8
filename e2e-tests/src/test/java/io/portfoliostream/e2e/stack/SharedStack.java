package io.portfoliostream.e2e.stack;

import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests the one [PortfolioStack] that all of them share: for tests that leave it as healthy
/// as they found it. It ends after the last test.
public final class SharedStack implements ParameterResolver {
  private static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(SharedStack.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == PortfolioStack.class;
  }

  @Override
  public PortfolioStack resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(STORE)
        .computeIfAbsent(
            PortfolioStack.class,
            _ -> PortfolioStack.start("shared", Map.of()),
            PortfolioStack.class);
  }
}
