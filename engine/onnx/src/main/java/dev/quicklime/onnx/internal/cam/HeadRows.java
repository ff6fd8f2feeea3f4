package dev.quicklime.onnx.internal.cam;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.quicklime.internal.cam.MapShape;
import dev.quicklime.internal.memory.NativeBuffer;
import dev.quicklime.onnx.internal.OnnxElement;
import dev.quicklime.onnx.internal.OnnxException;
import dev.quicklime.onnx.internal.OnnxOutput;
import dev.quicklime.onnx.internal.OnnxSession;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Rows in the memory that a session reads. Owns both, and is closed once. For one thread. */
final class HeadRows implements Rows, AutoCloseable {

  private final OnnxSession session;
  private final String layer;
  private final MapShape shape;
  private final long[] sizes;
  private final int usable;
  private final int length;
  private final NativeBuffer buffer;
  private float[] base = new float[0];

  /**
   * Takes a session over.
   *
   * @param layer name of its only input
   * @param shape of the layer's maps
   * @param sizes of the input's dimensions, the number of rows first
   */
  HeadRows(OnnxSession session, String layer, MapShape shape, long[] sizes) {
    this.session = session;
    this.layer = layer;
    this.shape = shape;
    this.sizes = sizes;
    int rows = (int) sizes[0];
    // Both rows of a map are in one pass, or each pass has one.
    this.usable = rows == 1 ? 1 : rows / 2 * 2;
    this.length = shape.channels() * shape.places();
    this.buffer = new NativeBuffer((long) rows * length * Float.BYTES);
  }

  @Override
  public int count() {
    return usable;
  }

  @Override
  public void fill(float[] activation) {
    base = activation;
    MemorySegment one = MemorySegment.ofArray(activation);
    for (int row = 0; row < sizes[0]; row++) {
      MemorySegment.copy(
          one, 0, buffer.segment(), (long) row * length * Float.BYTES, one.byteSize());
    }
  }

  @Override
  public void shift(int row, int channel, float by) {
    for (int place = 0; place < shape.places(); place++) {
      int at = shape.at(channel, place);
      buffer.segment().setAtIndex(JAVA_FLOAT, (long) row * length + at, base[at] + by);
    }
  }

  @Override
  public void reset(int row, int channel) {
    shift(row, channel, 0);
  }

  /**
   * See {@link Rows#scores}.
   *
   * @throws OnnxException if what follows the layer cannot be run with so many rows
   */
  @Override
  public double[] scores() {
    OnnxOutput output =
        session
            .run(layer, OnnxElement.FLOAT32, buffer.segment(), sizes, Set.of(), all -> List.of(0))
            .getFirst();
    int classes = (int) (output.values().length / sizes[0]);
    return Arrays.copyOf(output.values(), usable * classes);
  }

  @Override
  public void close() {
    session.close();
    buffer.close();
  }
}
