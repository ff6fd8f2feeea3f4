package dev.quicklime.onnx.internal.cam;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Layout;
import dev.quicklime.onnx.internal.OnnxElement;
import java.lang.foreign.MemorySegment;

/**
 * How a model takes pictures.
 *
 * @param name of its input
 * @param element what numbers are there
 * @param layout order of a picture's dimensions
 * @param batch pictures of every pass, or 0 where any number will do
 */
public record PictureTensor(String name, OnnxElement element, Layout layout, int batch) {

  /** How far a level may be from a whole number. */
  private static final double NEAR = 1e-3;

  /**
   * Sizes of the dimensions of a batch.
   *
   * @param channels, height and width of a picture
   */
  long[] shape(long batch, long channels, long height, long width) {
    return layout == Layout.NCHW
        ? new long[] {batch, channels, height, width}
        : new long[] {batch, height, width, channels};
  }

  /**
   * Writes pictures one after the other.
   *
   * @param values of pictures channel by channel
   * @param from the first value that is written
   * @param count how many are
   * @param channels of a picture
   * @param plane values of a channel
   * @throws InvalidInputException if the model takes levels and a value is none
   */
  void write(float[] values, int from, int count, int channels, int plane, MemorySegment to) {
    for (int i = 0; i < count; i++) {
      int picture = i / (channels * plane);
      int channel = i / plane % channels;
      int place = i % plane;
      int at = layout == Layout.NCHW ? i : (picture * plane + place) * channels + channel;
      put(to, at, values[from + i]);
    }
  }

  private void put(MemorySegment to, int at, float value) {
    switch (element) {
      case FLOAT32 -> to.setAtIndex(JAVA_FLOAT, at, value);
      case FLOAT16 -> to.setAtIndex(JAVA_SHORT, at, Float.floatToFloat16(value));
      case UINT8 -> {
        long level = Math.round((double) value);
        if (level < 0 || level > 255 || Math.abs(value - level) > NEAR) {
          throw new InvalidInputException(
              "a model of bytes must be given levels, whole numbers from 0 to 255, got %s"
                  .formatted(value));
        }
        to.setAtIndex(JAVA_BYTE, at, (byte) level);
      }
      case FLOAT64 ->
          throw new IllegalStateException("no model takes pictures of double precision");
    }
  }
}
