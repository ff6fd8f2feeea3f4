package dev.quicklime.serve.http;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps Helidon from telling of each server that tests start. */
final class QuietLogs {

  /** Held, since a logger that nobody holds forgets its level. */
  private static final Logger HELIDON = Logger.getLogger("io.helidon");

  private QuietLogs() {}

  static void set() {
    HELIDON.setLevel(Level.WARNING);
  }
}
