package dev.quicklime.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explanation;
import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Antithetic;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Design;
import dev.quicklime.design.FixedSize;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.design.TwoPhase;
import dev.quicklime.files.npy.NpyArray;
import dev.quicklime.files.npy.NpzReader;
import dev.quicklime.files.npy.NpzWriter;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.LinearFit;
import dev.quicklime.surrogate.SurrogateFitter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StoredRunTest {

  @TempDir Path folder;

  /** An array of doubles with a shape. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Numbers(int[] shape, double... values) {

    static Numbers of(List<Integer> shape, double... values) {
      return new Numbers(shape.stream().mapToInt(Integer::intValue).toArray(), values);
    }
  }

  /** Three samples of two superpixels, two classes. */
  private static Map<String, Numbers> small() {
    Map<String, Numbers> arrays = new TreeMap<>();
    arrays.put("masks", Numbers.of(List.of(3, 2), 1, 1, 0, 1, 1, 0));
    arrays.put("scores", Numbers.of(List.of(3, 2), 1, 2, 3, 4, 5, 6));
    arrays.put("weights", Numbers.of(List.of(3), 1, .5, 0));
    return arrays;
  }

  private Path write(Map<String, Numbers> arrays) throws IOException {
    Path file = folder.resolve("small.npz");
    try (NpzWriter npz = new NpzWriter(file)) {
      for (Map.Entry<String, Numbers> array : arrays.entrySet()) {
        double[] values = array.getValue().values();
        if (array.getKey().equals("labels") || array.getKey().equals("classes")) {
          int[] ints = new int[values.length];
          for (int i = 0; i < ints.length; i++) {
            ints[i] = (int) values[i];
          }
          npz.ints(array.getKey(), array.getValue().shape(), ints);
        } else {
          npz.doubles(array.getKey(), array.getValue().shape(), values);
        }
      }
    }
    return file;
  }

  @Test
  void shouldReadBackWhatWasWritten() throws IOException {
    // More than 64 superpixels, so that a row takes a second, partly filled word.
    Explanation written = Runs.explain(Runs.options().withSegmenter(new Tiles(8, 9)));
    Path file = folder.resolve("run.npz");
    RunArchive.write(written, file);
    StoredRun run = StoredRun.read(StoredRun.fileAt(folder));
    assertEquals(written.samples().masks(), run.samples().masks());
    assertArrayEquals(written.samples().scores(), run.samples().scores());
    assertArrayEquals(written.samples().weights(), run.samples().weights());
    assertEquals(written.samples().classes(), run.classes());
    assertEquals(written.segments(), run.segments());
    StoredFit fit = run.fit();
    List<LinearFit> fits = written.classes().stream().map(c -> c.fit()).toList();
    assertEquals(fits.stream().map(LinearFit::coefficients).toList(), fit.coefficients());
    assertEquals(fits.stream().map(LinearFit::intercept).toList(), fit.intercepts());
    assertEquals(fits.stream().map(LinearFit::alpha).toList(), fit.alphas());
    assertEquals(true, fit.intercept());
    assertEquals(fits, SurrogateFitter.fitAll(Lasso.defaults(), run.input()));
  }

  static List<Design> designs() {
    return List.of(
        new Bernoulli(.5), new Antithetic(), new FoldedHadamard(), new FixedSize(), new TwoPhase());
  }

  private static List<Double> errors(LinearFit fit) {
    return assertInstanceOf(Intervals.Margins.class, fit.intervals()).standardErrors();
  }

  @ParameterizedTest
  @MethodSource("designs")
  void shouldFitAgainAsTheDesignWantsIt(Design design) throws IOException {
    ExplainOptions options =
        Runs.options().withDesign(design).withSamples(200).withSurrogate(LeastSquares.defaults());
    Explanation written = Runs.explain(options);
    Path file = folder.resolve("run.npz");
    RunArchive.write(written, file);
    StoredRun run = StoredRun.read(file);
    assertEquals(design instanceof TwoPhase, run.input().isCompletion());
    List<LinearFit> again = SurrogateFitter.fitAll(LeastSquares.defaults(), run.input());
    for (int c = 0; c < again.size(); c++) {
      LinearFit first = written.classes().get(c).fit();
      assertClose(first.coefficients(), again.get(c).coefficients());
      assertClose(errors(first), errors(again.get(c)));
    }
  }

  @Test
  void shouldStoreWhatACompletedFitWasMadeTo() throws IOException {
    ExplainOptions options =
        Runs.options()
            .withDesign(new TwoPhase())
            .withSamples(100)
            .withSurrogate(LeastSquares.defaults());
    Explanation written = Runs.explain(options);
    Path file = folder.resolve("run.npz");
    RunArchive.write(written, file);
    try (NpzReader npz = new NpzReader(file)) {
      NpyArray masks = npz.read("completed_masks");
      int rows = masks.shape()[0];
      assertEquals(TwoPhase.unscored(100) + 1, rows);
      Map<String, Numbers> plain = new TreeMap<>();
      plain.put("masks", new Numbers(masks.shape(), masks.toDoubles()));
      for (String name : List.of("scores", "weights")) {
        NpyArray array = npz.read("completed_" + name);
        plain.put(name, new Numbers(array.shape(), array.toDoubles()));
      }
      List<LinearFit> fits =
          SurrogateFitter.fitAll(LeastSquares.defaults(), StoredRun.read(write(plain)).input());
      for (int c = 0; c < fits.size(); c++) {
        assertClose(written.classes().get(c).fit().coefficients(), fits.get(c).coefficients());
      }
    }
  }

  private static void assertClose(List<Double> expected, List<Double> actual) {
    double scale = expected.stream().mapToDouble(Math::abs).max().orElseThrow();
    for (int j = 0; j < expected.size(); j++) {
      assertEquals(expected.get(j), actual.get(j), 1e-9 * scale, "position " + j);
    }
  }

  @Test
  void shouldNeedNoMoreThanMasksScoresAndWeights() throws IOException {
    StoredRun run = StoredRun.read(write(small()));
    assertEquals(List.of(0, 1), run.classes());
    assertEquals(3, run.input().masks().rows());
    assertTrue(run.samples().masks().shown(2, 0));
    assertTrue(!run.samples().masks().shown(2, 1));
    assertNull(run.segments());
    assertEquals(new StoredFit(null, null, null, null), run.fit());
  }

  @Test
  void shouldTakeScoresOfASingleClassWithoutAnAxis() throws IOException {
    Map<String, Numbers> arrays = small();
    arrays.put("scores", Numbers.of(List.of(3), 1, 2, 3));
    arrays.put("classes", Numbers.of(List.of(1), 281));
    StoredRun run = StoredRun.read(write(arrays));
    assertEquals(List.of(281), run.classes());
    assertArrayEquals(new double[] {1, 2, 3}, run.samples().scores());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "masks; 3,2; 1,1,0,1,1,2; masks must be 0 or 1, got 2.0 in row 2, column 1",
        "masks; 3,2; 1,1,0,1,1,NaN; masks must be 0 or 1, got NaN in row 2, column 1",
        "masks; 6; 1,1,0,1,1,0; masks must have a row for each sample",
        "masks; 0,2; ''; masks must have a row for each sample",
        "masks; 2,3; 1,1,0,1,1,0; scores must have a row for each of the 2 masks",
        "scores; 2,2; 1,2,3,4; scores must have a row for each of the 3 masks",
        "scores; 3,0; ''; scores must have a row for each of the 3 masks",
        "scores; 3,1,1; 1,2,3; scores must have a row for each of the 3 masks",
        "scores; 3,1; 1,2,Infinity; scores must be finite numbers, got Infinity",
        "weights; 2; 1,1; 'weights must have the shape [3]'",
        "weights; 3; 1,-1,1; weights must be 0 or positive numbers, got -1.0",
        "weights; 3; 1,NaN,1; weights must be finite numbers, got NaN",
        "weights; 3; 0,0,0; weights must have a sum",
        "classes; 1; 5; 'classes must have the shape [2]'",
        "classes; 2; 5,-1; classes must be 0 or positive, got -1",
        "labels; 4; 0,0,1,1; labels must have a row for each row of pixels",
        "labels; 2,2; 0,1,2,0; labels must be of as many superpixels as masks have columns",
        "labels; 2,2; 0,0,0,0; labels must be of as many superpixels as masks have columns",
        "labels; 2,2; 0,0,-1,1; labels must be 0..d−1",
        "coefficients; 2,1; 1,2; 'coefficients must have the shape [2, 2]'",
        "coefficients; 2,2; 1,2,3,NaN; coefficients must be finite numbers",
        "intercepts; 3; 1,2,3; 'intercepts must have the shape [2]'",
        "alpha; 2; 1,-1; alpha must be 0 or positive, got -1.0",
        "block_rows; ''; 3; block_rows must be 1 or 2, got 3.0",
        "balanced_rows; ''; 0; balanced_rows must be 1 or a multiple of block_rows, got 0.0",
        "completed_masks; 1,3; 1,0,1; completed_masks must have as many columns as masks, 2, got 3",
        "completed_masks; 1,2; 1,.5; completed_masks must be 0 or 1, got 0.5",
        "fit_intercept; ''; 2; fit_intercept must be 0 or 1, got 2.0",
        "fit_intercept; 1; 1; fit_intercept must have the shape []"
      })
  void shouldRefuseArraysThatDoNotBelongTogether(
      String name, String shape, String values, String message) throws IOException {
    Map<String, Numbers> arrays = small();
    arrays.put(name, new Numbers(ints(shape), doubles(values)));
    Path file = write(arrays);
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> StoredRun.read(file));
    assertTrue(String.valueOf(e.getMessage()).startsWith(file.toString()), e.toString());
    assertTrue(e.toString().contains(message), e.toString());
  }

  private static int[] ints(String text) {
    return List.of(text.split(",", -1)).stream()
        .filter(part -> !part.isBlank())
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  private static double[] doubles(String text) {
    return List.of(text.split(",", -1)).stream()
        .filter(part -> !part.isBlank())
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  @ParameterizedTest
  @CsvSource({"masks", "scores", "weights"})
  void shouldNameWhatIsMissing(String name) throws IOException {
    Map<String, Numbers> arrays = small();
    arrays.remove(name);
    Path file = write(arrays);
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> StoredRun.read(file));
    assertTrue(e.toString().contains("must have an array " + name), e.toString());
  }
}
