package dev.quicklime.cli.serve;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What was read lately of which text, since reading the same again and again takes more time than
 * needed. For all threads.
 */
final class Remembered<T> {

  private static final int KEPT = 256;

  private final Map<String, T> kept =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
              return size() > KEPT;
            }
          });

  T of(String text, Supplier<T> read) {
    T known = kept.get(text);
    if (known != null) {
      return known;
    }
    T fresh = read.get();
    kept.put(text, fresh);
    return fresh;
  }
}
