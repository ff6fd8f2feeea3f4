package dev.quicklime.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** The specification: {@code out[p][i] = state[labels[i]] != 0 ? shown[p][i] : filled[p][i]}. */
final class ScalarSelectKernel implements SelectKernel {

  @Override
  public void selectFloats(
      int[] labels,
      int planes,
      int[] state,
      float[] shown,
      float[] filled,
      MemorySegment out,
      long offset) {
    for (int p = 0, at = 0; p < planes; p++) {
      for (int i = 0; i < labels.length; i++, at++) {
        float value = state[labels[i]] != 0 ? shown[at] : filled[at];
        out.set(JAVA_FLOAT_UNALIGNED, offset + 4L * at, value);
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
    for (int p = 0, at = 0; p < planes; p++) {
      for (int i = 0; i < labels.length; i++, at++) {
        short value = state[labels[i]] != 0 ? shown[at] : filled[at];
        out.set(JAVA_SHORT_UNALIGNED, offset + 2L * at, value);
      }
    }
  }
}
