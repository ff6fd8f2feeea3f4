package dev.quicklime.profile;

import dev.quicklime.InvalidInputException;
import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Scores of all the masks that the fits of a picture are compared by, put together of parts that
 * were scored anywhere and in any order. Goes from machine to machine.
 */
public final class ReferenceScores implements Serializable {

  @Serial private static final long serialVersionUID = 1;

  private final String of;
  private final int superpixels;
  private final int[] classes;

  /** By set and target a value for each row and class, row by row. */
  private final double[][][] scores;

  private ReferenceScores(String of, int superpixels, int[] classes, double[][][] scores) {
    this.of = of;
    this.superpixels = superpixels;
    this.classes = classes;
    this.scores = scores;
  }

  /**
   * Puts parts together.
   *
   * @param options that all parts were scored by
   * @param parts of one picture, in any order, which hold each row of {@link ReferenceRange#split}
   *     once
   * @throws InvalidInputException if rows are missing or there twice, or if parts are of different
   *     pictures, classes or options
   */
  public static ReferenceScores of(ProfileOptions options, Collection<ReferencePart> parts) {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(parts, "parts");
    if (parts.isEmpty()) {
      throw new InvalidInputException("there must be parts to put together, got none");
    }
    ReferencePart first = parts.iterator().next();
    List<ReferenceSet> sets = ReferenceSet.all(options);
    int targets = options.targets().size();
    int width = first.classes().length;
    double[][][] scores = new double[sets.size()][targets][];
    for (int set = 0; set < sets.size(); set++) {
      for (int target = 0; target < targets; target++) {
        scores[set][target] = new double[Math.multiplyExact(sets.get(set).rows(), width)];
      }
    }
    int[] filled = new int[sets.size()];
    for (ReferencePart part : sorted(parts)) {
      ReferenceRange range = part.range();
      if (part.superpixels() != first.superpixels()
          || part.targets() != targets
          || !Arrays.equals(part.classes(), first.classes())) {
        throw new InvalidInputException(
            ("parts must be of one picture, its classes and the profile's targets, got %s"
                    + " superpixels, classes %s and %s targets beside %s, %s and %s")
                .formatted(
                    part.superpixels(),
                    Arrays.toString(part.classes()),
                    part.targets(),
                    first.superpixels(),
                    Arrays.toString(first.classes()),
                    targets));
      }
      if (range.set() >= sets.size()
          || range.from() != filled[range.set()]
          || range.to() > sets.get(range.set()).rows()) {
        throw new InvalidInputException("parts must hold each row once, got %s".formatted(range));
      }
      for (int target = 0; target < targets; target++) {
        System.arraycopy(
            part.scores(target),
            0,
            scores[range.set()][target],
            range.from() * width,
            range.rows() * width);
      }
      filled[range.set()] = range.to();
    }
    for (int set = 0; set < sets.size(); set++) {
      if (filled[set] != sets.get(set).rows()) {
        throw new InvalidInputException(
            "parts must hold each row once, got %s of %s rows of set %s"
                .formatted(filled[set], sets.get(set).rows(), set));
      }
    }
    return new ReferenceScores(words(options), first.superpixels(), first.classes(), scores);
  }

  private static List<ReferencePart> sorted(Collection<ReferencePart> parts) {
    return parts.stream()
        .sorted((a, b) -> Integer.compare(a.range().from(), b.range().from()))
        .toList();
  }

  private static String words(ProfileOptions options) {
    return ReferenceSet.all(options) + " for " + options.targets();
  }

  /** The scores as a profile of the picture asks for them. */
  ReferenceSource source(ProfileOptions options, SharedPass pass) {
    int[] explained = pass.classes().stream().mapToInt(Integer::intValue).toArray();
    if (!of.equals(words(options))
        || pass.superpixels() != superpixels
        || !Arrays.equals(explained, classes)) {
      throw new InvalidInputException(
          ("scores must be of the picture and the options, of %s superpixels, classes %s and %s,"
                  + " got those of %s superpixels, classes %s and %s")
              .formatted(
                  pass.superpixels(),
                  Arrays.toString(explained),
                  words(options),
                  superpixels,
                  Arrays.toString(classes),
                  of));
    }
    List<ReferenceSet> sets = ReferenceSet.all(options);
    return set -> new ScoredMasks(set.draw(superpixels), scores[sets.indexOf(set)], 0);
  }
}
