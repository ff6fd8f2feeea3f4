package dev.quicklime.cli.options;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.image.Resize;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was said of a model's input, as it was written.
 *
 * @param resize of {@code --resize}
 * @param size of {@code --size}
 * @param mean of {@code --mean}
 * @param std of {@code --std}
 */
public record InputTexts(
    @Nullable String resize, @Nullable String size, @Nullable String mean, @Nullable String std) {

  /** The input, where nothing was said as it is otherwise. */
  public Preprocessing over(Preprocessing otherwise) {
    Preprocessing input = otherwise;
    if (resize != null) {
      input = input.withResize(Parse.choice("--resize", resize, Resize.class));
    }
    if (size != null) {
      Parse.Pair sides = Parse.sides("--size", size);
      input = input.withSize(sides.first(), sides.second());
    }
    List<Double> means =
        mean == null
            ? input.mean()
            : Parse.numbers("--mean", mean, "numbers with commas between them", _ -> true);
    List<Double> deviations =
        std == null
            ? input.std()
            : Parse.numbers(
                "--std", std, "numbers above 0 with commas between them", value -> value > 0);
    if (means.size() != deviations.size()) {
      throw new InvalidInputException(
          "--mean and --std must have a number for each channel, got %d and %d"
              .formatted(means.size(), deviations.size()));
    }
    return input.withNormalization(means, deviations);
  }
}
