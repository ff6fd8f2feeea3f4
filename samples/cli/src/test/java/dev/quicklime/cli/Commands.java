package dev.quicklime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.Preset;
import java.util.List;

/** Runs commands for tests of other packages. */
public final class Commands {

  private Commands() {}

  /** Runs a command that must do what it is told. */
  public static void run(String... args) {
    Ran ran = Ran.command(args);
    assertEquals(0, ran.code(), ran.err());
  }

  /** Names of all presets. */
  public static List<String> presets() {
    return Preset.NAMES;
  }
}
