package dev.quicklime.model;

import dev.quicklime.InvalidInputException;
import java.util.List;
import java.util.Objects;

/** Which classes are explained. */
public sealed interface ClassChoice permits ClassChoice.Top, ClassChoice.Listed {

  /**
   * The classes with the highest scores for the unperturbed picture, best first.
   *
   * @param count how many, ≥ 1; fewer if the model has fewer
   */
  record Top(int count) implements ClassChoice {

    /**
     * Checks the count.
     *
     * @throws InvalidInputException if it is outside of its range
     */
    public Top {
      if (count < 1) {
        throw new InvalidInputException("top must be at least 1, got " + count);
      }
    }
  }

  /**
   * Classes that are named, whatever their scores.
   *
   * @param indices different indices ≥ 0, in the order in which they are reported
   */
  record Listed(List<Integer> indices) implements ClassChoice {

    /** Copies and checks the indices. */
    public Listed {
      Objects.requireNonNull(indices, "indices");
      indices = List.copyOf(indices);
      if (indices.isEmpty()
          || indices.stream().distinct().count() != indices.size()
          || indices.stream().anyMatch(i -> i < 0)) {
        throw new InvalidInputException(
            "classes must be different indices from 0 on, got " + indices);
      }
    }
  }

  /**
   * Checks that a model has the classes that are asked for.
   *
   * @param classes how many it has
   * @throws InvalidInputException if it has not
   */
  default void check(int classes) {
    if (this instanceof Listed(List<Integer> indices)) {
      for (int index : indices) {
        if (index >= classes) {
          throw new InvalidInputException(
              "classes must be between 0 and %s for this model, got %s"
                  .formatted(classes - 1, index));
        }
      }
    }
  }

  /** So many classes with the largest scores, the largest first. */
  static ClassChoice top(int count) {
    return new Top(count);
  }

  /** Classes by their indices from 0, all different, in the order in which they are reported. */
  static ClassChoice of(Integer... indices) {
    Objects.requireNonNull(indices, "indices");
    return new Listed(List.of(indices));
  }
}
