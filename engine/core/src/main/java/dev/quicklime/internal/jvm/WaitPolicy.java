package dev.quicklime.internal.jvm;

import dev.quicklime.internal.memory.NativeBuffer;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How threads of OpenMP, which libtorch computes with, wait for each other. By themselves they spin
 * for milliseconds at the end of each loop, and as soon as anything else computes on the same
 * processors each of these ends waits for time slices of the others: a forward pass takes tens of
 * times as long. Threads that sleep at once take as long where they are alone.
 *
 * <p>OpenMP reads its variables once, when it is loaded; so this is to be done before, and counts
 * for all that uses OpenMP in the process. Where the user has said anything about it, that counts.
 */
final class WaitPolicy {

  private static final String VARIABLE = "OMP_WAIT_POLICY";
  private static final String ASLEEP = "PASSIVE";

  /** What says the same, in general, for GNU's, and for Intel's and LLVM's OpenMP. */
  private static final List<String> OTHERS = List.of("GOMP_SPINCOUNT", "KMP_BLOCKTIME");

  private WaitPolicy() {}

  /** Once for a process. */
  private static final class Held {
    static final @Nullable String POLICY = choose();
  }

  /**
   * Asks for threads that sleep, where the environment says nothing, the first time.
   *
   * @return what holds as {@code NAME=VALUE}; null where it could not be asked for
   */
  static @Nullable String hold() {
    return Held.POLICY;
  }

  private static @Nullable String choose() {
    String said = said(System::getenv);
    if (said != null) {
      return said;
    }
    return set(VARIABLE, ASLEEP) ? VARIABLE + "=" + ASLEEP : null;
  }

  /**
   * What an environment says, or null.
   *
   * @param environment gives a variable's value, or null
   */
  static @Nullable String said(UnaryOperator<@Nullable String> environment) {
    String value = environment.apply(VARIABLE);
    if (value != null) {
      return VARIABLE + "=" + value;
    }
    for (String name : OTHERS) {
      String other = environment.apply(name);
      if (other != null) {
        return name + "=" + other;
      }
    }
    return null;
  }

  /**
   * Sets a variable of the process for native code; Java's own map, and processes that Java starts,
   * stay as they are. A thread that reads the environment at the same time finds the array of
   * before, which the C library keeps.
   *
   * @return whether that was possible
   */
  private static boolean set(String name, String value) {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> setenv = linker.defaultLookup().find("setenv");
    if (setenv.isEmpty()) {
      // Windows has another one, and another OpenMP.
      return false;
    }
    try (NativeBuffer nameText = text(name);
        NativeBuffer valueText = text(value)) {
      int got =
          (int)
              linker
                  .downcallHandle(
                      setenv.get(),
                      FunctionDescriptor.of(
                          ValueLayout.JAVA_INT,
                          ValueLayout.ADDRESS,
                          ValueLayout.ADDRESS,
                          ValueLayout.JAVA_INT))
                  .invokeExact(nameText.segment(), valueText.segment(), 0);
      return got == 0;
    } catch (Throwable e) {
      // Without native access nothing native will be loaded either, and whoever loads it says why.
      return false;
    }
  }

  /** A text as C has it, with a zero at its end; both of ours are ASCII. */
  private static NativeBuffer text(String text) {
    NativeBuffer buffer = new NativeBuffer(text.length() + 1L);
    buffer.segment().setString(0, text);
    return buffer;
  }
}
