package dev.quicklime.nd4j;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.files.StoredRun;
import dev.quicklime.files.npy.NpzWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The example of the documentation, on a run of four rows. */
class RunInNd4jTest {

  @TempDir Path folder;

  private static void fit(Path file, Path own) throws IOException {
    // docs: fit
    StoredRun run = StoredRun.read(file);
    try (RunArrays arrays = RunArrays.of(run)) {
      INDArray masks = arrays.masks().array(); // [n, d]
      INDArray weights = arrays.weights().array(); // [n]
      INDArray scores = arrays.scores().array(); // [n, C]
      LinearSolution ridge = ClosedForms.ridge(masks, weights, scores, 1, true);
      INDArray covariance = ClosedForms.covariance(masks, weights, true);
      NumpyFiles.writeAll(
          Map.of("coefficients", ridge.coefficients(), "covariance", covariance), own);
    }
    // docs: end
  }

  @Test
  void shouldFitAStoredRunAndWriteWhatNumPyReads() throws IOException {
    Path file = folder.resolve("run.npz");
    byte[][] masks = {{1, 1}, {1, 0}, {0, 1}, {0, 0}};
    try (NpzWriter npz = new NpzWriter(file)) {
      npz.bytes(
          "masks", new int[] {4, 2}, (row, into) -> System.arraycopy(masks[row], 0, into, 0, 2));
      npz.doubles("scores", new int[] {4, 1}, new double[] {3, 2, 1, 0});
      npz.doubles("weights", new int[] {4}, new double[] {1, 1, 1, 1});
    }
    Path own = folder.resolve("own.npz");
    fit(file, own);
    INDArray coefficients = requireNonNull(NumpyFiles.readAll(own).get("coefficients"));
    // Each centred column has a sum of squares of 1, so that α = 1 halves 2 and 1.
    assertArrayEquals(new double[] {1, 0.5}, coefficients.dup().data().asDouble(), 1e-12);
    INDArray covariance = requireNonNull(NumpyFiles.readAll(own).get("covariance"));
    assertEquals(0.25, covariance.getDouble(0, 0), 1e-12);
    assertEquals(0, covariance.getDouble(0, 1), 1e-12);
  }
}
