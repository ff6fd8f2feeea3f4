package dev.quicklime.cli.options;

import dev.quicklime.InvalidInputException;
import dev.quicklime.model.Labels;
import dev.quicklime.tabular.Column;
import dev.quicklime.tabular.Table;
import dev.quicklime.tabular.TabularOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** How a row is explained. */
public final class RowFlags {

  /** Ten of them away from most values single precision still has numbers. */
  private static final double MOST_SIGMA = 1e36;

  @Mixin private final NeighbourFlags neighbours = new NeighbourFlags();

  @Mixin private final SurrogateFlags surrogate = new SurrogateFlags();

  /** Where the defaults differ from those of pictures. */
  public static final class Defaults implements IDefaultValueProvider {
    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
      return argument instanceof OptionSpec option && option.longestName().equals("--surrogate")
          ? "ols"
          : null;
    }
  }

  /**
   * What was asked for, categories as codes.
   *
   * @param labels names of the classes
   * @throws InvalidInputException if an option is wrong
   */
  public TabularOptions options(Labels labels) {
    return neighbours
        .applyTo(TabularOptions.defaults(), labels)
        .withSurrogate(surrogate.surrogate());
  }

  /**
   * Refuses options that do not fit a table.
   *
   * @throws InvalidInputException if deviations are not as many as numeric columns, or too large
   */
  public static void check(Table table, TabularOptions options) {
    long numeric = table.columns().stream().filter(Column.Numeric.class::isInstance).count();
    int given = options.deviations().size();
    if (given > 0 && given != numeric) {
      throw new InvalidInputException(
          "--sigma must have one number for each of %s numeric columns, got %s"
              .formatted(numeric, given));
    }
    int next = 0;
    for (Column column : table.columns()) {
      if (given > 0 && column instanceof Column.Numeric) {
        double sigma = options.deviations().get(next++);
        if (sigma > MOST_SIGMA) {
          throw new InvalidInputException(
              "--sigma must be at most %s, as single precision goes little further, got %s for column %s"
                  .formatted(MOST_SIGMA, sigma, column.name()));
        }
      }
    }
  }
}
