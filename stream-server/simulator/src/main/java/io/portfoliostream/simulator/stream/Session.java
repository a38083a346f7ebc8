package io.portfoliostream.simulator.stream;

/// One connection's talk. Safe for use by several threads, as timers have a say in it too.
public interface Session {
  /// Close code for a client that did not keep to the rules.
  int POLICY = 1008;

  /// The connection is open.
  void opened();

  /// A whole message came.
  void received(String message);

  /// The connection is gone, however that came about. Called once.
  void gone();
}
