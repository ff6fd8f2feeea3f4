package dev.quicklime.report.drawing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Writes the figures of a page as files beside it. */
public final class FigureFiles {

  private FigureFiles() {}

  /**
   * Writes figures as {@code NAME.png}, {@code NAME.svg} or {@code NAME.pdf}, over what is there;
   * by as many threads as there are processors where that takes more than copying bytes.
   *
   * @param folder that is there
   * @param formats of each figure, none of them where there are to be no files
   * @throws IOException if a file cannot be written
   */
  public static void write(List<Figure> figures, Path folder, Set<FigureFormat> formats)
      throws IOException {
    Objects.requireNonNull(figures, "figures");
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(formats, "formats");
    if (formats.equals(Set.of(FigureFormat.PNG))) {
      // Drawn already, for the page.
      for (Figure figure : figures) {
        figure.write(folder, figure.name(), formats);
      }
      return;
    }
    try {
      figures.parallelStream().forEach(figure -> write(figure, folder, formats));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void write(Figure figure, Path folder, Set<FigureFormat> formats) {
    try {
      figure.write(folder, figure.name(), formats);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
