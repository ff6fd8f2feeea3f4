package dev.quicklime.internal.fit.sums;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Numbers from 0 to a bound in as few whole bytes each as that takes, the lowest first. */
final class PackedCounts {

  private PackedCounts() {}

  private static int width(int most) {
    return Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(most) + 7) / 8);
  }

  static void write(int[] counts, int most, DataOutput out) throws IOException {
    int width = width(most);
    byte[] bytes = new byte[Math.multiplyExact(counts.length, width)];
    int at = 0;
    for (int count : counts) {
      for (int shift = 0; shift < width * 8; shift += 8) {
        bytes[at++] = (byte) (count >>> shift);
      }
    }
    out.write(bytes);
  }

  static int[] read(int length, int most, DataInput in) throws IOException {
    int width = width(most);
    byte[] bytes = new byte[Math.multiplyExact(length, width)];
    in.readFully(bytes);
    int[] counts = new int[length];
    int at = 0;
    for (int i = 0; i < length; i++) {
      for (int shift = 0; shift < width * 8; shift += 8) {
        counts[i] |= (bytes[at++] & 0xFF) << shift;
      }
    }
    return counts;
  }
}
