package io.portfoliostream.ui.login;

/// Whether this installation has demo users, whose passwords are their names.
public record DemoMode(boolean on) {}
