package dev.quicklime.onnx.internal.cam;

import dev.quicklime.QuicklimeException;
import dev.quicklime.internal.memory.NativeBuffer;
import dev.quicklime.onnx.internal.OnnxException;
import dev.quicklime.onnx.internal.OnnxOutput;
import dev.quicklime.onnx.internal.OnnxSession;
import dev.quicklime.onnx.internal.cam.Differences.Form;
import dev.quicklime.onnx.internal.cam.Differences.Found;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A model cut at a layer: the whole of it, which returns scores and the layer's values, and what
 * follows the layer. Owns sessions and buffers until it is closed, once. For one thread at a time.
 */
public final class CutModel implements AutoCloseable {

  /** Bytes of the rows of a pass. */
  private static final long PASS = 16 << 20;

  private static final int MOST_ROWS = 64;

  /** How far the scores of both ways may differ, as a share of the largest. */
  private static final double ALIKE = 1e-3;

  private final ModelParts parts;
  private final PictureTensor pictures;
  private final InnerValues inner;
  private final InnerValues.Layer layer;
  private final OnnxSession whole;
  private HeadRows rows;
  private boolean proven;

  private CutModel(
      ModelParts parts,
      PictureTensor pictures,
      InnerValues inner,
      InnerValues.Layer layer,
      OnnxSession whole,
      HeadRows rows) {
    this.parts = parts;
    this.pictures = pictures;
    this.inner = inner;
    this.layer = layer;
    this.whole = whole;
    this.rows = rows;
  }

  /**
   * Cuts a model.
   *
   * @param layer one of its values, a possible one
   * @throws OnnxException if the parts cannot be loaded
   */
  public static CutModel of(
      ModelParts parts, PictureTensor pictures, InnerValues inner, InnerValues.Layer layer) {
    long row = (long) Float.BYTES * layer.maps().channels() * layer.maps().places();
    int most = Math.clamp(PASS / row, 2, MOST_ROWS) / 2 * 2;
    OnnxSession whole = parts.returning(Set.of(layer.name()));
    try {
      return new CutModel(parts, pictures, inner, layer, whole, rows(parts, inner, layer, most));
    } catch (RuntimeException e) {
      whole.close();
      throw e;
    }
  }

  private static HeadRows rows(
      ModelParts parts, InnerValues inner, InnerValues.Layer layer, int count) {
    long[] sizes = layer.dimensions(count);
    OnnxSession head =
        parts.after(layer.name(), inner.scores(), inner.sizes(), inner.batch(), sizes);
    try {
      return new HeadRows(head, layer.name(), layer.maps(), sizes);
    } catch (RuntimeException | OutOfMemoryError e) {
      head.close();
      throw e;
    }
  }

  /** What is cut at. */
  public InnerValues.Layer layer() {
    return layer;
  }

  /**
   * What a pass returned.
   *
   * @param scores picture by picture
   * @param values of the layer, picture by picture, as they lie there
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed from one method to the next, never compared.
  public record Passed(double[] scores, float[] values) {}

  /**
   * Runs the whole model on pictures, as many at once as it takes.
   *
   * @param values of all pictures, channel by channel
   * @param input batch, channels, height, width
   * @throws OnnxException if it fails
   */
  public Passed run(float[] values, long[] input) {
    int count = (int) input[0];
    int channels = (int) input[1];
    int plane = (int) (input[2] * input[3]);
    int together = pictures.batch() > 0 ? pictures.batch() : count;
    double[] scores = new double[0];
    float[] inside = new float[0];
    try (NativeBuffer buffer =
        new NativeBuffer((long) together * channels * plane * pictures.element().bytes())) {
      for (int from = 0; from < count; from += together) {
        int some = Math.min(together, count - from);
        buffer.segment().fill((byte) 0);
        int length = channels * plane;
        pictures.write(values, from * length, some * length, channels, plane, buffer.segment());
        List<OnnxOutput> returned = pass(buffer, together, input);
        double[] rows = returned.getFirst().values();
        double[] maps = returned.getLast().values();
        if (scores.length == 0) {
          scores = new double[rows.length / together * count];
          inside = new float[Math.toIntExact((long) maps.length / together * count)];
        }
        int classes = scores.length / count;
        System.arraycopy(rows, 0, scores, from * classes, some * classes);
        int each = inside.length / count;
        for (int i = 0; i < some * each; i++) {
          inside[from * each + i] = (float) maps[i];
        }
      }
    }
    return new Passed(scores, inside);
  }

  private List<OnnxOutput> pass(NativeBuffer buffer, int together, long[] input) {
    return whole.run(
        pictures.name(),
        pictures.element(),
        buffer.segment(),
        pictures.shape(together, input[1], input[2], input[3]),
        Set.of(inner.scores(), layer.name()),
        all -> {
          int first = all.getFirst().name().equals(inner.scores()) ? 0 : 1;
          return List.of(first, 1 - first);
        });
  }

  /**
   * Derivatives of values of one picture's scores by all maps.
   *
   * @param activation of the picture, as it lies in the layer
   * @param scores of the picture, as the whole model gave them
   * @throws QuicklimeException if what follows the layer gives other scores, or is not smooth
   *     enough
   * @throws OnnxException if it fails
   */
  public Found derivatives(float[] activation, double[] scores, List<Form> forms) {
    for (float value : activation) {
      if (!Float.isFinite(value)) {
        throw new QuicklimeException(
            "model %s: the values of layer %s must be finite, got %s"
                .formatted(parts.name(), layer.name(), value));
      }
    }
    prove(activation, scores);
    return new Differences(parts.name(), layer.name(), layer.maps().channels())
        .of(rows, forms, size(activation));
  }

  /** Sees that what follows the layer gives the same scores, with as many rows as it takes. */
  private void prove(float[] activation, double[] scores) {
    int fallback = Math.max(1, pictures.batch());
    rows.fill(activation);
    double apart;
    try {
      apart = apart(rows.scores(), scores);
    } catch (OnnxException e) {
      if (proven) {
        throw e;
      }
      // A batch is written into its steps.
      apart = Double.NaN;
    }
    if (!(apart <= ALIKE) && !proven) {
      HeadRows fewer = rows(parts, inner, layer, fallback);
      rows.close();
      rows = fewer;
      rows.fill(activation);
      apart = apart(rows.scores(), scores);
    }
    if (!(apart <= ALIKE)) {
      throw new QuicklimeException(
          ("model %s: what follows layer %s must give the scores that the whole model gives, got"
                  + " ones that differ by %s of the largest")
              .formatted(parts.name(), layer.name(), apart));
    }
    proven = true;
  }

  /** How far rows are from the scores, as a share of the largest; not a number if they are none. */
  private double apart(double[] rows, double[] scores) {
    if (rows.length != (long) this.rows.count() * scores.length) {
      return Double.NaN;
    }
    double largest = Arrays.stream(scores).map(Math::abs).max().orElse(0);
    double apart = 0;
    for (int i = 0; i < rows.length; i++) {
      apart = Math.max(apart, Math.abs(rows[i] - scores[i % scores.length]));
    }
    return apart == 0 ? 0 : apart / largest;
  }

  /** Root of the mean square of the maps' means; of the values where all of those are 0. */
  private double size(float[] activation) {
    int channels = layer.maps().channels();
    int places = layer.maps().places();
    double means = 0;
    double values = 0;
    for (int k = 0; k < channels; k++) {
      double sum = 0;
      for (int place = 0; place < places; place++) {
        double value = activation[layer.maps().at(k, place)];
        sum += value;
        values += value * value;
      }
      means += Math.pow(sum / places, 2);
    }
    if (means > 0) {
      return Math.sqrt(means / channels);
    }
    return values > 0 ? Math.sqrt(values / ((double) channels * places)) : 1;
  }

  @Override
  public void close() {
    whole.close();
    rows.close();
  }
}
