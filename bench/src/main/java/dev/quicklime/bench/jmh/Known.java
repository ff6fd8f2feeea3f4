package dev.quicklime.bench.jmh;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A benchmark as its annotations describe it.
 *
 * @param name class and method
 * @param params each parameter's values
 * @param ownJvm whether its forks want JVM options of their own, so that it cannot share a JVM
 */
public record Known(String name, Map<String, List<String>> params, boolean ownJvm) {

  /** Copies the parameters; their order stays. */
  public Known {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }
}
