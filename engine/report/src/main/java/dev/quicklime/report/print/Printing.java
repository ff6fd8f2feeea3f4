package dev.quicklime.report.print;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Prints the page of a study where a browser is found; a study without a PDF is one too. */
public final class Printing {

  private Printing() {}

  /**
   * Prints a page as {@code report.pdf} beside it.
   *
   * @param notices hears why not
   * @return whether it was printed
   */
  public static boolean print(Path page, Consumer<String> notices) {
    Browser browser = Browser.find();
    if (browser == null) {
      notices.accept(
          "no PDF: no browser was found to print it; apt-get install chromium, or print report.html"
              + " from your own");
      return false;
    }
    try {
      browser.print(page, page.resolveSibling("report.pdf"));
      return true;
    } catch (IOException e) {
      notices.accept("no PDF: " + e.getMessage());
      return false;
    }
  }
}
