package dev.quicklime.serve.work;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A queue in which clients take turns, and what is of one client comes in the order in which it was
 * added. Whoever uses it sees to it that one thread does at a time.
 */
final class FairQueue<T> {

  /** Clients in the order of their turns. */
  private final Map<String, ArrayDeque<T>> waiting = new LinkedHashMap<>();

  private int size;

  void add(String client, T item) {
    waiting.computeIfAbsent(client, _ -> new ArrayDeque<>()).add(item);
    size++;
  }

  /** The next one, or null. */
  @Nullable T poll() {
    var turns = waiting.entrySet().iterator();
    if (!turns.hasNext()) {
      return null;
    }
    Map.Entry<String, ArrayDeque<T>> turn = turns.next();
    String client = turn.getKey();
    ArrayDeque<T> own = turn.getValue();
    turns.remove();
    T item = own.remove();
    if (!own.isEmpty()) {
      // At the end of the turns.
      waiting.put(client, own);
    }
    size--;
    return item;
  }

  /** Takes one out that waits no longer; false where it was not there. */
  boolean remove(String client, T item) {
    ArrayDeque<T> own = waiting.get(client);
    if (own == null || !own.remove(item)) {
      return false;
    }
    if (own.isEmpty()) {
      waiting.remove(client);
    }
    size--;
    return true;
  }

  int size() {
    return size;
  }

  /** Takes all of them out. */
  List<T> drain() {
    List<T> all = new ArrayList<>(size);
    waiting.values().forEach(all::addAll);
    waiting.clear();
    size = 0;
    return all;
  }
}
