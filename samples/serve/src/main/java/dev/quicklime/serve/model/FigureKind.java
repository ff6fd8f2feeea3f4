package dev.quicklime.serve.model;

import dev.quicklime.InvalidInputException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What comes beside the numbers of an explanation where it is asked for. */
public enum FigureKind {
  /** The colours of the weights of each class. */
  HEATMAP,
  /** The same over the picture. */
  OVERLAY,
  /** Which superpixel each pixel of the picture is in. */
  LABELS,
  /** Where the gradients of each class see it. */
  GRADCAM;

  /** The word that requests and answers have for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The kind of a word.
   *
   * @param field what messages call the place of the word
   * @throws InvalidInputException if there is none
   */
  public static FigureKind of(String field, String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "%s must be of %s, got %s"
                        .formatted(
                            field,
                            Arrays.stream(values())
                                .map(FigureKind::word)
                                .collect(Collectors.joining(", ")),
                            word)));
  }
}
