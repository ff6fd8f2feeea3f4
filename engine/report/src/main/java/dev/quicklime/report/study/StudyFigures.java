package dev.quicklime.report.study;

import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.drawing.Prints;
import dev.quicklime.report.page.Definitions.Shared;
import dev.quicklime.report.page.Explorer;
import dev.quicklime.report.page.PageFigures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Numbers the figures of a study, and writes each panel as files as soon as it is drawn. */
final class StudyFigures {

  private final Path folder;
  private final PageFigures pages = new PageFigures();
  private final Captions captions = new Captions();
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
    picture = fileName(name);
    pages.share(prints, id);
  }

  /** A part of names of files for what is called so. */
  static String fileName(String name) {
    return name.replaceFirst("\\.[^.]*$", "").replaceAll("[^\\p{L}\\p{N}._-]+", "-");
  }

  /** The pictures that figures refer to. */
  List<Shared> shared() {
    return pages.shared();
  }

  /** Several panels as one figure; where there is one alone, it is the figure. */
  Group group(String title, List<StudyPanel> panels) {
    return group(title, "", panels, PaperSize.ROWS, null, _ -> null);
  }

  /**
   * Several panels as one, with one of them for readers to ask.
   *
   * @param label the class that all are about
   * @param size of the panels on paper
   * @param asked that one
   * @param explorer gives it, by the number of the whole
   */
  Group explained(
      String label,
      List<StudyPanel> panels,
      PaperSize size,
      Figure asked,
      IntFunction<@Nullable Explorer> explorer) {
    return group("Explanation of “" + label + "”", label, panels, size, asked, explorer);
  }

  private Group group(
      String title,
      String label,
      List<StudyPanel> panels,
      PaperSize size,
      @Nullable Figure asked,
      IntFunction<@Nullable Explorer> explorer) {
    int number = ++groups;
    boolean alone = panels.size() == 1;
    List<Group.Panel> shown = new ArrayList<>();
    List<String> leads = new ArrayList<>();
    for (StudyPanel panel : panels) {
      String letter = alone ? "" : String.valueOf((char) ('a' + shown.size()));
      write(panel.file(), number, letter);
      boolean answers = panel.file() == asked;
      shown.add(
          new Group.Panel(
              letter,
              answers ? "" : pages.markup(panel.shown()),
              answers ? held(explorer.apply(number)) : null,
              panel.shape(),
              panel.key()));
      leads.add(alone ? "" : "(%s) %s: ".formatted(letter, panel.shown().title()));
    }
    Captions.Caption caption =
        captions.of(
            number, leads, panels.stream().map(panel -> panel.shown().caption()).toList(), label);
    return new Group(
        number,
        alone ? panels.getFirst().shown().title() : title,
        caption.text(),
        caption.as(),
        size == PaperSize.ROW,
        size.tags(panels),
        shown);
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
      figure.write(folder, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
