package dev.quicklime.files.csv;

import dev.quicklime.InvalidInputException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A text that is no table as it was asked for. The message says what is wrong; {@link #remedy}
 * which of {@link CsvOptions} would mend it, for whoever has names of their own for these.
 */
public final class TableProblem extends InvalidInputException {

  private static final long serialVersionUID = 1;

  /** What would mend it. */
  public sealed interface Remedy {

    /**
     * Another separator, which most lines hold.
     *
     * @param separator a semicolon, tab, vertical line or comma
     * @param decimal the point or comma that numbers seem to have then
     */
    record UseSeparator(char separator, char decimal) implements Remedy {}

    /**
     * The other of decimal point and comma.
     *
     * @param decimal a point or a comma
     */
    record UseDecimal(char decimal) implements Remedy {}

    /** That the first line is no header. */
    record NoHeader() implements Remedy {}

    /**
     * Taking a column's values for categories, or leaving the column out.
     *
     * @param column its name
     */
    record NameCategorical(String column) implements Remedy {

      /** Refuses what is missing. */
      public NameCategorical {
        Objects.requireNonNull(column, "column");
      }
    }

    /**
     * Other names of columns in one of the options.
     *
     * @param option which names are meant
     */
    record OtherNames(Named option) implements Remedy {

      /** Refuses what is missing. */
      public OtherNames {
        Objects.requireNonNull(option, "option");
      }
    }
  }

  /** Options that name columns. */
  public enum Named {
    /** {@link CsvOptions#columns}. */
    COLUMNS,
    /** {@link CsvOptions#drop}. */
    DROP,
    /** {@link CsvOptions#categorical}. */
    CATEGORICAL
  }

  private final transient @Nullable Remedy remedy;

  TableProblem(String message, @Nullable Remedy remedy) {
    super(Objects.requireNonNull(message, "message"));
    this.remedy = remedy;
  }

  /** What would mend it, or null where no option would. */
  public @Nullable Remedy remedy() {
    return remedy;
  }
}
