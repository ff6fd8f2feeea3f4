package dev.quicklime.cli.run;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says on stderr when a run has got how far for the first time, in milliseconds since the launcher
 * was started; only where that has passed this moment on, as it does for {@code QUICKLIME_TIMES=1}.
 */
public final class TimeLine {

  /** Microseconds since 1970, as the launcher's shell counts them. */
  private static final long STARTED = Long.getLong("dev.quicklime.started", 0);

  private static final Set<String> REACHED = ConcurrentHashMap.newKeySet();

  private TimeLine() {}

  /** Says that the run has got so far, once. */
  public static void reached(String what) {
    if (STARTED > 0 && REACHED.add(what)) {
      System.err.println(line(what, STARTED, System.currentTimeMillis()));
    }
  }

  static String line(String what, long startedMicros, long nowMillis) {
    return "quicklime: %5s ms: %s".formatted(nowMillis - startedMicros / 1000, what);
  }
}
