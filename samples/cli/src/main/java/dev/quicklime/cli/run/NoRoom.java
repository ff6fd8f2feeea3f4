package dev.quicklime.cli.run;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What is said where a disk is full: a stream that cannot be written on knows the system's words
 * and not its file.
 */
final class NoRoom {

  /** The system's words for a full disk, a quota that is used up, a file that may not grow. */
  private static final Set<String> WORDS =
      Set.of(
          "No space left on device",
          "Disk quota exceeded",
          "Disc quota exceeded",
          "File too large",
          "There is not enough space on the disk");

  private static final int DEEPEST = 20;

  private NoRoom() {}

  /** One line with the place, or null where something else went wrong. */
  static @Nullable String line(Throwable e, CommandLine command) {
    Throwable cause = e;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof FileSystemException file && isWords(file.getReason())) {
        return place(command, file.getFile()) + ": could not be written: " + file.getReason();
      }
      if (cause instanceof IOException && isWords(cause.getMessage())) {
        return place(command, null) + ": could not be written: " + cause.getMessage();
      }
      cause = cause.getCause();
    }
    return null;
  }

  private static boolean isWords(@Nullable String said) {
    return said != null && WORDS.stream().anyMatch(said::contains);
  }

  /** What is hidden while it is written is nothing to name: where the results were to go is. */
  private static String place(CommandLine command, @Nullable String file) {
    OptionSpec out = command.getCommandSpec().findOption("--out");
    Object given = out == null ? null : out.getValue();
    if (file != null && (given == null || !file.contains(".quicklime-"))) {
      return file;
    }
    return given == null ? "the output" : given.toString();
  }
}
