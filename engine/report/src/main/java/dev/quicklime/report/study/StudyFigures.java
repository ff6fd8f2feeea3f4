package dev.quicklime.report.study;

import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.drawing.Prints;
import dev.quicklime.report.page.Definitions.Shared;
import dev.quicklime.report.page.Explorer;
import dev.quicklime.report.page.PageFigures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Numbers the figures of a study, and writes each panel as PNG and SVG as soon as it is drawn. */
final class StudyFigures {

  private final Path folder;
  private final PageFigures pages = new PageFigures();
  private String picture = "";
  private int groups;

  /** Figures that are written into a folder, which is there. */
  StudyFigures(Path folder) {
    this.folder = folder;
  }

  /**
   * Begins the figures of a picture.
   *
   * @param name of its file
   * @param prints which the page is to hold once
   * @param id what ids of shared parts of the page begin with
   */
  void begin(String name, Prints prints, String id) {
    picture = name.replaceFirst("\\.[^.]*$", "").replaceAll("[^\\p{L}\\p{N}._-]+", "-");
    pages.share(prints, id);
  }

  /** The pictures that figures refer to. */
  List<Shared> shared() {
    return pages.shared();
  }

  /** One figure alone. */
  Group group(Figure figure) {
    int number = ++groups;
    write(figure, number, "");
    return new Group(
        number,
        figure.title(),
        figure.caption(),
        false,
        List.of(new Group.Panel("", pages.markup(figure), null, false)));
  }

  /** Several figures as one. */
  Group group(String title, List<Figure> figures) {
    return group(title, figures, null);
  }

  /**
   * Several figures as one.
   *
   * @param wide one that takes the place of two, or null
   */
  Group group(String title, List<Figure> figures, @Nullable Figure wide) {
    return figures.size() == 1
        ? group(figures.getFirst())
        : group(title, figures, false, wide, null, _ -> null);
  }

  /**
   * Several figures as one, with one of them for readers to ask.
   *
   * @param compact whether there are many of them
   * @param asked that one
   * @param explorer gives it, by the number of the whole
   */
  Group explained(
      String title,
      List<Figure> figures,
      boolean compact,
      Figure asked,
      IntFunction<@Nullable Explorer> explorer) {
    return group(title, figures, compact, null, asked, explorer);
  }

  private Group group(
      String title,
      List<Figure> figures,
      boolean compact,
      @Nullable Figure wide,
      @Nullable Figure asked,
      IntFunction<@Nullable Explorer> explorer) {
    int number = ++groups;
    List<Group.Panel> panels = new ArrayList<>();
    StringBuilder caption = new StringBuilder();
    for (Figure figure : figures) {
      String letter = String.valueOf((char) ('a' + panels.size()));
      write(figure, number, letter);
      boolean answers = figure == asked;
      panels.add(
          new Group.Panel(
              letter,
              answers ? "" : pages.markup(figure),
              answers ? held(explorer.apply(number)) : null,
              figure == wide));
      caption
          .append(panels.size() > 1 ? " " : "")
          .append("(%s) %s: %s".formatted(letter, figure.title(), figure.caption()));
    }
    return new Group(number, title, caption.toString(), compact, panels);
  }

  private @Nullable Explorer held(@Nullable Explorer explorer) {
    if (explorer != null) {
      pages.hold(explorer.picture());
    }
    return explorer;
  }

  private void write(Figure figure, int number, String letter) {
    String name =
        String.format(Locale.ROOT, "figure-%02d%s-%s-%s", number, letter, picture, figure.name());
    try {
      Files.write(folder.resolve(name + ".png"), figure.png());
      Files.writeString(folder.resolve(name + ".svg"), figure.svg());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
