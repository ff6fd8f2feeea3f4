package dev.quicklime.perturb;

import dev.quicklime.image.BatchFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Turns levels from 0 to 255 into the numbers of a batch, computed in double precision. */
final class Normalizer {

  private static final int LEVELS = 256;

  private final BatchFormat format;
  private final float[] whole;

  Normalizer(BatchFormat format) {
    this.format = format;
    this.whole = new float[format.preprocessing().channels() * LEVELS];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = format.preprocessing().normalized(i % LEVELS, i / LEVELS);
    }
  }

  /** The picture's channel, red first, that is a channel of the batch. */
  int source(int channel) {
    return format.preprocessing().source(channel);
  }

  /** The number for a level of one of the picture's channels. */
  float value(float level, int source) {
    int index = (int) level;
    // Most pictures have whole levels, for which a division a pixel is saved.
    return index == level && index >= 0 && index < LEVELS
        ? whole[source * LEVELS + index]
        : format.preprocessing().normalized(level, source);
  }

  /** Writes the number for a level in the batch's format. */
  void put(MemorySegment into, long element, float level, int source) {
    float value = value(level, source);
    switch (format.type()) {
      case FLOAT32 -> into.setAtIndex(ValueLayout.JAVA_FLOAT, element, value);
      case BFLOAT16 -> into.setAtIndex(ValueLayout.JAVA_SHORT, element, bfloat16(value));
      case FLOAT16 -> into.setAtIndex(ValueLayout.JAVA_SHORT, element, Float.floatToFloat16(value));
      case UINT8 -> into.set(ValueLayout.JAVA_BYTE, element, uint8(value));
    }
  }

  /** Rounds to the nearest whole level, ties to even; what lies outside becomes 0 or 255. */
  static byte uint8(float value) {
    return (byte) Math.clamp((long) Math.rint(value), 0, LEVELS - 1);
  }

  /** Rounds to the nearest bfloat16, ties to even. The value must not be NaN. */
  static short bfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }
}
