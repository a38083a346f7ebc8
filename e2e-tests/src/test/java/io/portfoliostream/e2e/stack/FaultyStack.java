package io.portfoliostream.e2e.stack;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests the one [PortfolioStack] whose broker they may let down: without the web UI, with a
/// user of its own for each test, and with a broker that takes two seconds for an execution, so
/// that something can happen before it. Tests of one class may run at once, and end their faults.
public final class FaultyStack implements ParameterResolver {
  private static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(FaultyStack.class);
  private static final int USERS = 20;

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
            _ ->
                PortfolioStack.withoutPage(
                    "faulty", USERS, "--fill-delay", "2000-2500", "--split-share", "0"),
            PortfolioStack.class);
  }
}
