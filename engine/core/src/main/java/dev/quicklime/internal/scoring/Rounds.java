package dev.quicklime.internal.scoring;

import dev.quicklime.design.Design;
import dev.quicklime.design.MaskSampler;
import java.util.ArrayList;
import java.util.List;

/**
 * After how many rows an explanation with a stop rule looks at what it has. The first look comes as
 * soon as a fit has standard errors worth looking at, each later one after a quarter more, so that
 * fits take little beside forward passes and few samples are scored in vain. Rounds fill whole
 * batches.
 */
public final class Rounds {

  private static final int FIRST_FOR_EACH = 2;
  private static final int FEWEST = 32;
  private static final double GROWTH = 1.25;

  private Rounds() {}

  /**
   * The rows, row 0 included, at which there is a look, in rising order; the last is all of them.
   *
   * @param rows rows of the design, row 0 included
   * @param batch rows that the classifier takes at once
   */
  public static List<Integer> ends(Design design, int rows, int superpixels, int batch) {
    int samples = rows - 1;
    List<Integer> ends = new ArrayList<>();
    double wanted = Math.max(FEWEST, (double) FIRST_FOR_EACH * superpixels + 2);
    // A block of orthogonal rows is worth waiting for.
    wanted = Math.max(wanted, MaskSampler.balancedRows(design, samples, superpixels));
    while (wanted < samples) {
      long full = (long) Math.ceil((wanted + 1) / batch) * batch;
      if (full >= rows) {
        break;
      }
      ends.add((int) full);
      wanted = GROWTH * full;
    }
    ends.add(rows);
    return ends;
  }

  /**
   * How many samples a look is about. A block that is cut in the middle waits for the next look,
   * the last one apart.
   *
   * @param end rows that are scored, row 0 included
   * @param rows rows of the design, row 0 included
   * @param blockRows consecutive rows that depend on each other
   */
  public static int samples(int end, int rows, int blockRows) {
    return end == rows ? end - 1 : (end - 1) / blockRows * blockRows;
  }
}
