package dev.quicklime.tabular;

import dev.quicklime.InvalidInputException;
import java.util.List;
import java.util.Objects;

/** One column of a table, as it is perturbed. */
public sealed interface Column permits Column.Numeric, Column.Categorical {

  /** What the column is called, in its table different from all others. */
  String name();

  /**
   * Numbers, perturbed by adding normal noise.
   *
   * @param name of the column
   * @param mean of its values
   * @param deviation their standard deviation, over n − 1; NaN for a single row
   */
  record Numeric(String name, double mean, double deviation) implements Column {

    /** Refuses what is missing. */
    public Numeric {
      Objects.requireNonNull(name, "name");
    }
  }

  /**
   * Values without an order, perturbed by drawing another one as often as the column has it.
   *
   * @param name of the column
   * @param categories its values, at least one, each once
   */
  record Categorical(String name, List<Category> categories) implements Column {

    /** Copies the values. */
    public Categorical {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(categories, "categories");
      categories = List.copyOf(categories);
    }

    /**
     * Place of the value that a model knows by a number.
     *
     * @throws InvalidInputException if the column has no such value
     */
    int indexOf(double code) {
      for (int i = 0; i < categories.size(); i++) {
        if (categories.get(i).code() == code) {
          return i;
        }
      }
      throw new InvalidInputException(
          "the value of column %s must be one of its %d codes, got %s"
              .formatted(name, categories.size(), code));
    }
  }

  /**
   * One value of a categorical column.
   *
   * @param value as the table has it
   * @param code the number by which a model knows it
   * @param count how many rows have it, ≥ 1
   */
  record Category(String value, double code, int count) {

    /** Refuses what is missing. */
    public Category {
      Objects.requireNonNull(value, "value");
    }
  }
}
