package dev.quicklime.report.study;

import dev.quicklime.report.page.Definitions;
import dev.quicklime.report.paper.PaperTable;
import dev.quicklime.report.text.Fact;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything the page of a study says, as text. The template does no more than lay it out.
 *
 * @param title of the study
 * @param abstracts what was found, paragraph by paragraph
 * @param model what was explained
 * @param method how, paragraph by paragraph
 * @param notices what a reader should know about the whole
 * @param pictures one section for each
 * @param summary all classes of all pictures
 * @param settings what the study was made with
 * @param definitions what its figures refer to
 * @param version of Quicklime
 */
public record StudyModel(
    String title,
    List<String> abstracts,
    List<Fact> model,
    List<String> method,
    List<String> notices,
    List<PictureView> pictures,
    Table summary,
    List<Fact> settings,
    Definitions definitions,
    String version) {

  /** Whether there is any notice. */
  public boolean hasNotices() {
    return !notices.isEmpty();
  }

  /**
   * A picture.
   *
   * @param id for links
   * @param name what it is called
   * @param scores what the model makes of it, class by class
   * @param prose what was found
   * @param picture itself
   * @param samples some of them
   * @param classes what was explained
   * @param distributions of the numbers of all samples, or null
   * @param trust how far weights can be trusted, or null
   * @param table numbers of all classes
   * @param notices what a reader should know
   */
  record PictureView(
      String id,
      String name,
      List<Fact> scores,
      List<String> prose,
      Group picture,
      Group samples,
      List<Group> classes,
      @Nullable Group distributions,
      @Nullable Group trust,
      Table table,
      List<String> notices) {

    /** Whether there is any notice. */
    public boolean hasNotices() {
      return !notices.isEmpty();
    }
  }

  /**
   * A numbered table.
   *
   * @param number in the study, from 1
   * @param caption what a reader needs to read it, as far as it was not said before
   * @param as numbers of the tables that said the rest
   * @param whole the caption with all that was said before
   * @param heads of the columns, the first that of the rows' names
   * @param rows its rows
   */
  record Table(
      int number,
      String caption,
      List<Integer> as,
      String whole,
      List<String> heads,
      List<Row> rows) {

    /** The table as files that papers take. */
    PaperTable forPapers(String name) {
      return new PaperTable(
          name,
          whole,
          heads,
          rows.stream()
              .map(row -> Stream.concat(Stream.of(row.name()), row.cells().stream()).toList())
              .toList());
    }

    /** Head of the rows' names. */
    public String corner() {
      return heads.getFirst();
    }

    /** Heads of the other columns. */
    public List<String> columns() {
      return heads.subList(1, heads.size());
    }
  }

  /**
   * A row.
   *
   * @param name of the row
   * @param cells a text for each column
   */
  record Row(String name, List<String> cells) {}
}
