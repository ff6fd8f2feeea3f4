package dev.quicklime.serve.remote;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.quicklime.image.PixelType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the pictures of a batch as a predictor takes them. For one thread. */
final class PixelWriter {

  /**
   * A picture of whole levels has 256 values of each channel at most, over and over: their texts
   * are kept, since finding one takes several times as long as writing it again.
   */
  private static final int KEPT_BITS = 12;

  private final int[] keptValues = new int[1 << KEPT_BITS];
  private final @Nullable SerializedString[] kept = new SerializedString[1 << KEPT_BITS];
  private final RemoteInput input;
  private final MemorySegment pixels;
  private final int rows;

  /**
   * Of a batch.
   *
   * @param rows how many pictures are meant; where more are to be sent, the last one comes again
   */
  PixelWriter(RemoteInput input, MemorySegment pixels, int rows) {
    this.input = input;
    this.pixels = pixels;
    this.rows = rows;
  }

  /** Where a picture begins that is sent, counted in numbers. */
  private long start(int row) {
    return (long) Math.min(row, rows - 1) * input.format().elements();
  }

  /** A picture as lists of lists of lists. */
  void nested(JsonGenerator json, int row) throws IOException {
    List<Integer> sizes = input.sizes();
    long next = start(row);
    json.writeStartArray();
    for (int i = 0; i < sizes.get(0); i++) {
      json.writeStartArray();
      for (int j = 0; j < sizes.get(1); j++) {
        json.writeStartArray();
        for (int k = 0; k < sizes.get(2); k++) {
          number(json, next++);
        }
        json.writeEndArray();
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /** All pictures in one list. */
  void flat(JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (int row = 0; row < input.sent(rows); row++) {
      long first = start(row);
      for (int i = 0; i < input.format().elements(); i++) {
        number(json, first + i);
      }
    }
    json.writeEndArray();
  }

  private void number(JsonGenerator json, long index) throws IOException {
    if (input.format().type() == PixelType.UINT8) {
      json.writeNumber(pixels.get(JAVA_BYTE, index) & 0xff);
    } else {
      json.writeRawValue(text(value(index)));
    }
  }

  private SerializedString text(float value) {
    int bits = Float.floatToRawIntBits(value);
    int slot = (bits * 0x9e3779b1) >>> (Integer.SIZE - KEPT_BITS);
    SerializedString text = kept[slot];
    if (text == null || keptValues[slot] != bits) {
      text = new SerializedString(Float.toString(value));
      kept[slot] = text;
      keptValues[slot] = bits;
    }
    return text;
  }

  private float value(long index) {
    return switch (input.format().type()) {
      case FLOAT32 -> pixels.get(JAVA_FLOAT_UNALIGNED, Float.BYTES * index);
      case FLOAT16 -> Float.float16ToFloat(pixels.get(JAVA_SHORT_UNALIGNED, Short.BYTES * index));
      case BFLOAT16 ->
          Float.intBitsToFloat(pixels.get(JAVA_SHORT_UNALIGNED, Short.BYTES * index) << 16);
      case UINT8 -> pixels.get(JAVA_BYTE, index) & 0xff;
    };
  }

  /** How many bytes {@link #bytes} gives. */
  int byteCount() {
    return Math.toIntExact(
        (long) input.sent(rows) * input.format().elements() * input.type().bytes());
  }

  /** All pictures in bytes, little-endian. */
  byte[] bytes() {
    byte[] all = new byte[byteCount()];
    ByteBuffer buffer = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
    int elements = input.format().elements();
    for (int row = 0; row < input.sent(rows); row++) {
      long first = start(row);
      if (input.type() == TensorType.FP64) {
        for (int i = 0; i < elements; i++) {
          buffer.putDouble(value(first + i));
        }
      } else {
        // Batches are in the processor's own order, which is this one wherever models run.
        int size = input.type().bytes();
        int bytes = elements * size;
        MemorySegment.copy(pixels, JAVA_BYTE, first * size, all, row * bytes, bytes);
      }
    }
    return all;
  }
}
