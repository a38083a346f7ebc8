package io.portfoliostream.simulator.stream;

import java.util.HashMap;
import java.util.Map;

/// How many authorized connections each account has. Safe for use by several threads.
///
/// A slot is free again the moment the socket of its connection is gone, whether by a close, a FIN
/// or a reset; the real broker may hold the slot of a half-dead socket for about 90 s.
final class Slots {
  private final int limit;
  private final Map<String, Integer> taken = new HashMap<>();

  Slots(int limit) {
    this.limit = limit;
  }

  synchronized boolean claim(String account) {
    int count = taken.getOrDefault(account, 0);
    if (limit > 0 && count >= limit) {
      return false;
    }
    taken.put(account, count + 1);
    return true;
  }

  synchronized void release(String account) {
    taken.computeIfPresent(account, (_, count) -> count > 1 ? count - 1 : null);
  }
}
