package dev.quicklime.cli;

import java.nio.file.Path;
import java.util.function.Consumer;

/** Stub. */
final class Printing {

  private Printing() {}

  static boolean print(Path page, Consumer<String> notices) {
    notices.accept("no PDF: no browser was found");
    return false;
  }
}
