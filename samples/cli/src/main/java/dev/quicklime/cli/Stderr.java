package dev.quicklime.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Takes stderr back from the launcher. The JVM prints a warning about the incubator module before
 * it runs any code of ours, and there is no option against it; so the launcher starts the JVM on
 * another stderr and keeps the caller's as a second descriptor.
 */
final class Stderr {
  private static final int STDERR = 2;

  private Stderr() {}

  /**
   * Makes {@code kept} the process's stderr, for Java and native code alike; null if it is that
   * already.
   */
  static void restore(@Nullable Integer kept) {
    if (kept == null) {
      return;
    }
    try {
      Linker linker = Linker.nativeLinker();
      MethodHandle dup2 =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("dup2"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
      int got = (int) dup2.invokeExact((int) kept, STDERR);
      if (got != STDERR) {
        throw new IllegalStateException("descriptor " + kept + " is not open");
      }
    } catch (Throwable e) {
      throw new IllegalStateException("stderr could not be taken back from the launcher", e);
    }
  }
}
