package dev.quicklime.onnx;

import dev.quicklime.internal.scoring.OutputChoice;
import dev.quicklime.internal.scoring.OutputChoice.Output;
import dev.quicklime.onnx.internal.OnnxElement;
import dev.quicklime.onnx.internal.OnnxOutput;
import dev.quicklime.onnx.internal.OnnxSession;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The scores among what a model returns. The first pass computes all outputs and shows which one it
 * is; from then on only that one is asked for.
 */
final class OnnxScores {

  private final String model;
  private final @Nullable String asked;
  private volatile @Nullable String found;

  /**
   * Nothing is known yet.
   *
   * @param model what messages call it
   * @param asked name or index of the output that is wanted, or null
   */
  OnnxScores(String model, @Nullable String asked) {
    this.model = model;
    this.asked = asked;
  }

  /** Name of the output that is taken, or null before the first pass. */
  @Nullable String taken() {
    return found;
  }

  /**
   * Runs a pass.
   *
   * @param rows how many of its rows are meant
   * @return rows · classes scores, row by row
   */
  double[] of(
      OnnxSession session,
      String input,
      OnnxElement type,
      MemorySegment values,
      long[] shape,
      int rows) {
    String known = found;
    OnnxOutput output =
        session
            .run(
                input,
                type,
                values,
                shape,
                known == null ? Set.of() : Set.of(known),
                all -> List.of(index(all, known == null ? asked : known, shape[0])))
            .getFirst();
    found = output.name();
    int classes = Math.toIntExact(output.values().length / shape[0]);
    return Arrays.copyOf(output.values(), rows * classes);
  }

  private int index(List<Output> all, @Nullable String wanted, long batch) {
    return OutputChoice.of(model, all, wanted, batch);
  }
}
