package dev.quicklime.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Gathers the state of a vector of labels once and blends every plane with it. Its time does not
 * depend on the number of superpixels, unlike that of a loop over them.
 */
final class VectorSelectKernel implements SelectKernel {

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final VectorSpecies<Integer> INTS = VectorWidth.INTS;
  private static final VectorSpecies<Float> FLOATS = VectorWidth.FLOATS;

  /**
   * As many lanes as {@link #INTS}, hence half its bits, so that its masks cast without a shuffle.
   */
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(INTS.vectorBitSize() / 2));

  @Override
  public void selectFloats(
      int[] labels,
      int planes,
      int[] state,
      float[] shown,
      float[] filled,
      MemorySegment out,
      long offset) {
    int n = labels.length;
    assert shown.length >= planes * n && filled.length >= planes * n;
    int bound = INTS.loopBound(n);
    for (int i = 0; i < bound; i += INTS.length()) {
      VectorMask<Float> isShown =
          IntVector.fromArray(INTS, state, 0, labels, i)
              .compare(VectorOperators.NE, 0)
              .cast(FLOATS);
      for (int p = 0, at = i; p < planes; p++, at += n) {
        FloatVector.fromArray(FLOATS, filled, at)
            .blend(FloatVector.fromArray(FLOATS, shown, at), isShown)
            .intoMemorySegment(out, offset + 4L * at, ORDER);
      }
    }
    for (int i = bound; i < n; i++) {
      boolean isShown = state[labels[i]] != 0;
      for (int p = 0, at = i; p < planes; p++, at += n) {
        out.set(JAVA_FLOAT_UNALIGNED, offset + 4L * at, isShown ? shown[at] : filled[at]);
      }
    }
  }

  @Override
  public void selectShorts(
      int[] labels,
      int planes,
      int[] state,
      short[] shown,
      short[] filled,
      MemorySegment out,
      long offset) {
    int n = labels.length;
    assert shown.length >= planes * n && filled.length >= planes * n;
    int bound = INTS.loopBound(n);
    for (int i = 0; i < bound; i += INTS.length()) {
      VectorMask<Short> isShown =
          IntVector.fromArray(INTS, state, 0, labels, i)
              .compare(VectorOperators.NE, 0)
              .cast(SHORTS);
      for (int p = 0, at = i; p < planes; p++, at += n) {
        ShortVector.fromArray(SHORTS, filled, at)
            .blend(ShortVector.fromArray(SHORTS, shown, at), isShown)
            .intoMemorySegment(out, offset + 2L * at, ORDER);
      }
    }
    for (int i = bound; i < n; i++) {
      boolean isShown = state[labels[i]] != 0;
      for (int p = 0, at = i; p < planes; p++, at += n) {
        out.set(JAVA_SHORT_UNALIGNED, offset + 2L * at, isShown ? shown[at] : filled[at]);
      }
    }
  }
}
