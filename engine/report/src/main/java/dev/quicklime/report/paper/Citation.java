package dev.quicklime.report.paper;

import dev.quicklime.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How a paper cites Quicklime: as {@code CITATION.cff} does, for BibTeX and biblatex. */
public final class Citation {

  private Citation() {}

  /**
   * Writes {@code quicklime.bib}, over what is there.
   *
   * @param folder that is there
   * @throws IOException if it cannot be written
   */
  public static void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("quicklime.bib"), entry());
  }

  /** The entry {@code quicklime}; of a type that BibTeX knows too. */
  static String entry() {
    return """
    @misc{quicklime,
      author = {{The Quicklime authors}},
      title = {Quicklime},
      version = {%s},
      note = {Computer software, version %s}
    }
    """
        .formatted(Versions.quicklime(), Versions.quicklime());
  }
}
