package dev.quicklime.serve.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Values by keys, of which those longest not asked for go where there are too many or too large.
 */
final class LeastRecent<K, V> {

  private final int most;
  private final long mostBytes;
  private final ToLongFunction<V> size;
  private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;
  private long hits;
  private long misses;

  /**
   * Nothing yet.
   *
   * @param most how many values are kept
   * @param mostBytes how large they may be together
   * @param size of a value, always the same
   */
  LeastRecent(int most, long mostBytes, ToLongFunction<V> size) {
    this.most = most;
    this.mostBytes = mostBytes;
    this.size = size;
  }

  synchronized @Nullable V find(K key) {
    V value = values.get(key);
    if (value == null) {
      misses++;
    } else {
      hits++;
    }
    return value;
  }

  synchronized void keep(K key, V value) {
    long own = size.applyAsLong(value);
    if (most == 0 || own > mostBytes) {
      return;
    }
    V before = values.put(key, value);
    bytes += own - (before == null ? 0 : size.applyAsLong(before));
    var oldest = values.values().iterator();
    while (values.size() > most || bytes > mostBytes) {
      bytes -= size.applyAsLong(oldest.next());
      oldest.remove();
    }
  }

  synchronized int size() {
    return values.size();
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized long hits() {
    return hits;
  }

  synchronized long misses() {
    return misses;
  }
}
