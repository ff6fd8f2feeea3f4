package dev.quicklime.internal.scoring;

import dev.quicklime.QuicklimeException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the scores among what a model returned: the output that was asked for, else the only one
 * with floating-point numbers for each picture and class, else the one called {@code logits}. What
 * cannot be decided is refused with a list of all that there is, as any guess would be a number
 * that may be wrong unnoticed.
 */
public final class OutputChoice {

  private static final String USUAL = "logits";

  /**
   * One thing that a model returned.
   *
   * @param name what the model calls it, for instance {@code logits} or {@code 0.aux}, or empty
   *     where it has no names
   * @param type what messages call its elements, for instance {@code float32}, or what it is where
   *     it is no tensor, for instance {@code None}
   * @param floating whether it is a tensor of floating-point numbers
   * @param shape sizes of its dimensions, the batch's first; empty for what is no tensor
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed from one method to the next, never compared.
  public record Output(String name, String type, boolean floating, long[] shape) {

    /** Copies the shape. */
    public Output {
      shape = shape.clone();
    }

    @Override
    public long[] shape() {
      return shape.clone();
    }

    /**
     * Scores of a picture, ≥ 1; or 0 where it has none.
     *
     * @param batch pictures that were scored
     */
    public int classes(long batch) {
      if (!floating || shape.length == 0 || shape[0] != batch) {
        return 0;
      }
      if (shape.length == 1) {
        return 1;
      }
      boolean flat = Arrays.stream(shape).skip(2).allMatch(size -> size == 1);
      return flat && shape[1] >= 1 && shape[1] <= Integer.MAX_VALUE ? (int) shape[1] : 0;
    }

    private String shown(int index) {
      String kind = shape.length == 0 && !floating ? type : type + Arrays.toString(shape);
      return (name.isEmpty() ? "" + index : index + " " + name) + ": " + kind;
    }
  }

  private OutputChoice() {}

  /**
   * The index of the output that holds the scores.
   *
   * @param model what messages call it
   * @param outputs all that it returned, at least one, in its order
   * @param asked name or index of the one that is wanted, or null
   * @param batch pictures that were scored
   * @throws QuicklimeException if it cannot be told, or the one that was asked for is not there or
   *     holds no scores
   */
  public static int of(String model, List<Output> outputs, @Nullable String asked, long batch) {
    if (asked != null) {
      return asked(model, outputs, asked, batch);
    }
    int[] possible =
        IntStream.range(0, outputs.size())
            .filter(index -> outputs.get(index).classes(batch) > 0)
            .toArray();
    if (possible.length == 1) {
      return possible[0];
    }
    for (int index : possible) {
      if (outputs.get(index).name().equals(USUAL)) {
        return index;
      }
    }
    throw new QuicklimeException(
        possible.length == 0
            ? "model %s must return a tensor of floating-point scores, [%s, classes], got %s"
                .formatted(model, batch, shown(outputs))
            : ("model %s must return one tensor of scores, or call one logits, got several: name"
                    + " the output, one of %s")
                .formatted(model, shown(outputs)));
  }

  private static int asked(String model, List<Output> outputs, String asked, long batch) {
    int found =
        IntStream.range(0, outputs.size())
            .filter(index -> outputs.get(index).name().equals(asked))
            .findFirst()
            .orElse(asked.matches("[0-9]{1,9}") ? Integer.parseInt(asked) : -1);
    if (found < 0 || found >= outputs.size()) {
      throw new QuicklimeException(
          "the output of model %s must be one of %s, got %s"
              .formatted(model, shown(outputs), asked));
    }
    if (outputs.get(found).classes(batch) == 0) {
      throw new QuicklimeException(
          "output %s of model %s must be a tensor of floating-point scores, [%s, classes], got %s"
              .formatted(asked, model, batch, outputs.get(found).shown(found)));
    }
    return found;
  }

  private static String shown(List<Output> outputs) {
    return IntStream.range(0, outputs.size())
        .mapToObj(index -> outputs.get(index).shown(index))
        .collect(Collectors.joining("; "));
  }
}
