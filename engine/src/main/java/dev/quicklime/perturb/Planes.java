package dev.quicklime.perturb;

import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.ChannelOrder;
import dev.quicklime.image.Layout;
import dev.quicklime.image.PixelType;
import dev.quicklime.image.Preprocessing;

/**
 * A picture, normalised and laid out as in a batch. Exactly one of the two arrays holds it.
 *
 * @param floats elements if they are single-precision numbers, else empty
 * @param shorts elements if they are bfloat16, else empty
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and too large to copy.
record Planes(float[] floats, short[] shorts) {

  /**
   * Normalises levels 0 to 255 given by row, column and channel, the channels in the order red
   * first.
   */
  static Planes of(float[] levels, BatchFormat format) {
    Preprocessing target = format.preprocessing();
    int channels = target.channels();
    int pixels = levels.length / channels;
    float[] floats = new float[levels.length];
    for (int c = 0; c < channels; c++) {
      int source = target.order() == ChannelOrder.BGR ? channels - 1 - c : c;
      double mean = target.mean().get(source);
      double std = target.std().get(source);
      for (int i = 0; i < pixels; i++) {
        double value = (levels[i * channels + source] / 255.0 - mean) / std;
        floats[format.layout() == Layout.NHWC ? i * channels + c : c * pixels + i] = (float) value;
      }
    }
    if (format.type() == PixelType.FLOAT32) {
      return new Planes(floats, new short[0]);
    }
    short[] shorts = new short[floats.length];
    for (int i = 0; i < shorts.length; i++) {
      shorts[i] = bfloat16(floats[i]);
    }
    return new Planes(new float[0], shorts);
  }

  /** Rounds to the nearest bfloat16, ties to even. The value must not be NaN. */
  static short bfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }
}
