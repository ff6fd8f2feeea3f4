package dev.quicklime.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where what is printed goes. */
public final class Stdout {
  private Stdout() {}

  /**
   * Whether it goes into a pipe, whose only way to fail is that nobody reads on, as with {@code |
   * head}: there is nothing to tell of that. No where the system cannot be asked.
   */
  public static boolean isPipe() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString().startsWith("pipe:");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
