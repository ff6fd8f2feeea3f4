package dev.quicklime.cli.run;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Takes stderr back from the launcher. The JVM prints a warning about the incubator module before
 * it runs any code of ours, and there is no option against it; so the launcher starts the JVM on
 * another stderr and keeps the caller's as a second descriptor.
 */
public final class Stderr {
  private static final int STDERR = 2;

  /** Says whether stderr is a terminal where the system cannot be asked, or is not to be. */
  private static final String TERMINAL = "dev.quicklime.cli.terminal";

  private static final int USUAL_COLUMNS = 80;

  private Stderr() {}

  /** Whether people read stderr; only then progress and notices are written to it. */
  public static boolean isTerminal() {
    String told = System.getProperty(TERMINAL);
    if (told != null) {
      return Boolean.parseBoolean(told);
    }
    try {
      // The JDK's console looks at stdin and stdout alone.
      Linker linker = Linker.nativeLinker();
      MethodHandle isatty =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("isatty"),
              FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
      return (int) isatty.invokeExact(STDERR) == 1;
    } catch (Throwable e) {
      return false;
    }
  }

  /**
   * How wide the terminal is, of which one knows that it is there; 80 columns where it does not
   * tell. The first call takes some milliseconds.
   */
  static int columns() {
    short[] size = new short[4];
    try {
      int failed =
          (int) WindowSize.ASK.invokeExact(STDERR, WindowSize.REQUEST, MemorySegment.ofArray(size));
      int columns = Short.toUnsignedInt(size[1]);
      return failed == 0 && columns > 0 ? columns : USUAL_COLUMNS;
    } catch (Throwable e) {
      return USUAL_COLUMNS;
    }
  }

  /** {@code ioctl} as it is asked for the rows and columns of a terminal. */
  private static final class WindowSize {

    /** TIOCGWINSZ, which is not the same everywhere. */
    static final long REQUEST =
        System.getProperty("os.name", "").startsWith("Mac") ? 0x40087468L : 0x5413L;

    static final MethodHandle ASK =
        Linker.nativeLinker()
            .downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("ioctl"),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.ADDRESS),
                Linker.Option.firstVariadicArg(2),
                // It returns at once, and may write to an array.
                Linker.Option.critical(true));

    private WindowSize() {}
  }

  /**
   * Makes {@code kept} the process's stderr, for Java and native code alike; null if it is that
   * already.
   */
  public static void restore(@Nullable Integer kept) {
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
