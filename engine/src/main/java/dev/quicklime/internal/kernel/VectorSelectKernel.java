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
 * Goes over the picture in blocks that stay in the first-level cache and writes each block of all
 * samples before the next. A gather, slow on every processor, then happens once a block for all
 * samples: it fetches the states, of which each sample tests its own bit. The time does not depend
 * on the number of superpixels, unlike that of a loop over them.
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
      int[] states,
      int samples,
      float[] shown,
      float[] filled,
      MemorySegment out,
      long offset,
      int[] scratch) {
    int n = labels.length;
    assert shown.length >= planes * n && filled.length >= planes * n;
    for (int from = 0; from < n; from += SCRATCH) {
      int count = Math.min(SCRATCH, n - from);
      gather(labels, from, count, states, scratch);
      for (int s = 0; s < samples; s++) {
        for (int p = 0; p < planes; p++) {
          int at = p * n + from;
          long target = offset + 4L * ((long) s * planes * n + at);
          selectFloats(scratch, count, 1 << s, shown, filled, at, out, target);
        }
      }
    }
  }

  private static void selectFloats(
      int[] words,
      int count,
      int bit,
      float[] shown,
      float[] filled,
      int at,
      MemorySegment out,
      long target) {
    int bound = INTS.loopBound(count);
    for (int i = 0; i < bound; i += INTS.length()) {
      FloatVector.fromArray(FLOATS, filled, at + i)
          .blend(FloatVector.fromArray(FLOATS, shown, at + i), isSet(words, i, bit).cast(FLOATS))
          .intoMemorySegment(out, target + 4L * i, ORDER);
    }
    for (int i = bound; i < count; i++) {
      float value = (words[i] & bit) != 0 ? shown[at + i] : filled[at + i];
      out.set(JAVA_FLOAT_UNALIGNED, target + 4L * i, value);
    }
  }

  @Override
  public void selectShorts(
      int[] labels,
      int planes,
      int[] states,
      int samples,
      short[] shown,
      short[] filled,
      MemorySegment out,
      long offset,
      int[] scratch) {
    int n = labels.length;
    assert shown.length >= planes * n && filled.length >= planes * n;
    for (int from = 0; from < n; from += SCRATCH) {
      int count = Math.min(SCRATCH, n - from);
      gather(labels, from, count, states, scratch);
      for (int s = 0; s < samples; s++) {
        for (int p = 0; p < planes; p++) {
          int at = p * n + from;
          long target = offset + 2L * ((long) s * planes * n + at);
          selectShorts(scratch, count, 1 << s, shown, filled, at, out, target);
        }
      }
    }
  }

  private static void selectShorts(
      int[] words,
      int count,
      int bit,
      short[] shown,
      short[] filled,
      int at,
      MemorySegment out,
      long target) {
    int bound = INTS.loopBound(count);
    for (int i = 0; i < bound; i += INTS.length()) {
      ShortVector.fromArray(SHORTS, filled, at + i)
          .blend(ShortVector.fromArray(SHORTS, shown, at + i), isSet(words, i, bit).cast(SHORTS))
          .intoMemorySegment(out, target + 2L * i, ORDER);
    }
    for (int i = bound; i < count; i++) {
      short value = (words[i] & bit) != 0 ? shown[at + i] : filled[at + i];
      out.set(JAVA_SHORT_UNALIGNED, target + 2L * i, value);
    }
  }

  private static VectorMask<Integer> isSet(int[] words, int at, int bit) {
    return IntVector.fromArray(INTS, words, at).and(bit).compare(VectorOperators.NE, 0);
  }

  private static void gather(int[] labels, int from, int count, int[] states, int[] words) {
    int bound = INTS.loopBound(count);
    for (int i = 0; i < bound; i += INTS.length()) {
      IntVector.fromArray(INTS, states, 0, labels, from + i).intoArray(words, i);
    }
    for (int i = bound; i < count; i++) {
      words[i] = states[labels[from + i]];
    }
  }
}
