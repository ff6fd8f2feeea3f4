package dev.quicklime.cli.explain;

import dev.quicklime.ClassExplanation;
import dev.quicklime.Explanation;
import dev.quicklime.Provenance;
import dev.quicklime.cli.options.Like;
import dev.quicklime.files.StoredExplanation;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How an explanation that was made again compares with what it was made like. */
final class Repetition {

  private Repetition() {}

  /**
   * A sentence, or null where something else was asked for, so that there is nothing to compare.
   *
   * @param samePicture whether it is the picture that was explained then
   */
  static @Nullable String compared(Like like, Explanation explanation, boolean samePicture) {
    StoredExplanation stored = like.stored();
    if (!samePicture
        || !like.sameModel()
        || !alike(stored.provenance(), explanation.provenance())) {
      return null;
    }
    List<ClassExplanation> classes = explanation.classes();
    boolean same =
        classes.size() == stored.classes().size()
            && explanation.samples().rows() - 1 == stored.samples();
    double largest = 0;
    for (int c = 0; same && c < classes.size(); c++) {
      StoredExplanation.StoredClass then = stored.classes().get(c);
      ClassExplanation now = classes.get(c);
      same =
          then.index() == now.scored().index()
              && then.coefficients().size() == now.fit().coefficients().size();
      if (same) {
        largest = Math.max(largest, difference(then, now));
      }
    }
    if (!same) {
      return "not the same as " + like.file() + ": other classes or another number of samples";
    }
    if (largest == 0) {
      return "the same as " + like.file() + " to the bit";
    }
    return String.format(
        Locale.ROOT,
        "not the same as %s to the bit: numbers differ by up to %.2g%s",
        like.file(),
        largest,
        stored.classes().stream().anyMatch(then -> then.gap() > 0)
            ? "; the search for its best subset was ended by the clock"
            : "");
  }

  /** Whether all that may decide what is found was asked for in the same way. */
  private static boolean alike(Provenance then, Provenance now) {
    return then.options().equals(now.options())
        && then.preprocessing().equals(now.preprocessing())
        && then.batch() == now.batch()
        && then.model().precision().equals(now.model().precision())
        && then.model().threads() == now.model().threads()
        && then.model().device().equals(now.model().device());
  }

  private static double difference(StoredExplanation.StoredClass then, ClassExplanation now) {
    @Nullable Double r2 = now.fit().r2();
    double largest =
        Math.max(
            difference(then.intercept(), now.fit().intercept()),
            difference(then.r2(), r2 == null ? Double.NaN : r2));
    for (int i = 0; i < then.coefficients().size(); i++) {
      largest =
          Math.max(
              largest, difference(then.coefficients().get(i), now.fit().coefficients().get(i)));
    }
    return largest;
  }

  /** What is not finite is written as null. */
  private static double difference(double then, double now) {
    boolean undefined = !Double.isFinite(then) && !Double.isFinite(now);
    if (undefined || Double.compare(then, now) == 0) {
      return 0;
    }
    // Zeros of two signs differ as well, by nothing that has a size.
    double difference = Math.max(Math.abs(then - now), Double.MIN_VALUE);
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
  }
}
