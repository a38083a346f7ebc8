package io.portfoliostream.ui.login;

/// Marks what this process has signed in by a remembered session.
///
/// @param value secret, another one at every start
public record RememberKey(String value) {}
