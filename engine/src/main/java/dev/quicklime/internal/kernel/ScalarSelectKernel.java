package dev.quicklime.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * The specification: {@code out[s][p][i] = bit s of states[labels[i]] ? shown[p][i] :
 * filled[p][i]}.
 */
final class ScalarSelectKernel implements SelectKernel {

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
    long at = offset;
    for (int s = 0; s < samples; s++) {
      for (int e = 0; e < planes * labels.length; e++, at += Float.BYTES) {
        boolean isShown = (states[labels[e % labels.length]] >>> s & 1) != 0;
        out.set(JAVA_FLOAT_UNALIGNED, at, isShown ? shown[e] : filled[e]);
      }
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
    long at = offset;
    for (int s = 0; s < samples; s++) {
      for (int e = 0; e < planes * labels.length; e++, at += Short.BYTES) {
        boolean isShown = (states[labels[e % labels.length]] >>> s & 1) != 0;
        out.set(JAVA_SHORT_UNALIGNED, at, isShown ? shown[e] : filled[e]);
      }
    }
  }
}
