package dev.quicklime.cli.options;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Interpolation;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.image.Resize;
import dev.quicklime.image.ResizeTo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was said of a model's input, as it was written.
 *
 * @param resize of {@code --resize}
 * @param resizeTo of {@code --resize-to}
 * @param interpolation of {@code --interpolation}
 * @param size of {@code --size}
 * @param mean of {@code --mean}
 * @param std of {@code --std}
 */
public record InputTexts(
    @Nullable String resize,
    @Nullable String resizeTo,
    @Nullable String interpolation,
    @Nullable String size,
    @Nullable String mean,
    @Nullable String std) {

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
    input = resized(input);
    if (interpolation != null) {
      input =
          input.withInterpolation(
              Parse.choice("--interpolation", interpolation, Interpolation.class));
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
          "--mean and --std must have a number for each channel, got %s and %s"
              .formatted(means.size(), deviations.size()));
    }
    return input.withNormalization(means, deviations);
  }

  private Preprocessing resized(Preprocessing input) {
    if (resizeTo != null) {
      if (resize != null && input.resize() != Resize.CROP) {
        throw new InvalidInputException(
            "--resize-to cuts out the middle and cannot be combined with --resize %s: leave one out"
                .formatted(resize));
      }
      try {
        return input.withResizeTo(ResizeTo.parse(resizeTo));
      } catch (InvalidInputException e) {
        throw new InvalidInputException(
            "--resize-to must be N or WxH with sides between 1 and 16384, got " + resizeTo, e);
      }
    }
    ResizeTo before = input.resizeTo();
    if (size != null && before != null && !before.covers(input.width(), input.height())) {
      throw new InvalidInputException(
          "--size %s is larger than the %s that model.json resizes to: give --resize-to as well"
              .formatted(size, before));
    }
    return input;
  }
}
