package dev.quicklime.internal.jvm;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How many threads a forward pass takes where nobody has said it: as many as {@code
 * OMP_NUM_THREADS} allows a process, which cluster managers set so that the processes of a machine
 * do not take each other's processors, otherwise one for each processor.
 */
public final class DefaultThreads {

  private static final String VARIABLE = "OMP_NUM_THREADS";

  /** What options of threads go to. */
  private static final int MOST = 1024;

  /** One number, or one for each level of nesting. */
  private static final Pattern COUNTS =
      Pattern.compile("\\s*\\+?(\\d{1,9})\\s*(?:,\\s*\\+?\\d{1,9}\\s*)*");

  private DefaultThreads() {}

  /** What holds in this process now. */
  public static int count() {
    return of(System.getenv(VARIABLE), Runtime.getRuntime().availableProcessors());
  }

  /**
   * What holds with a value of the variable. As OpenMP does, it takes the first of several numbers,
   * and ignores what is no list of whole numbers from 1.
   *
   * @param text of the variable, or null where it is not set
   * @param processors that the JVM may use
   */
  static int of(@Nullable String text, int processors) {
    int asked = asked(text);
    return asked > 0 ? Math.min(asked, MOST) : processors;
  }

  /** The first number, or 0 where there is none. */
  private static int asked(@Nullable String text) {
    Matcher counts = COUNTS.matcher(text == null ? "" : text);
    return counts.matches() ? Integer.parseInt(counts.group(1)) : 0;
  }
}
