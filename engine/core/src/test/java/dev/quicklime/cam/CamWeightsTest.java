package dev.quicklime.cam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CamWeightsTest {

  /** Two maps of two frames of three places, after one number that is not theirs. */
  private static final float[] GRADIENT = {9, 1, 2, 3, 4, 5, 6, -1, 0, 1, 2, -3, 7};

  private static final float[] ACTIVATION = {9, 1, 0, 2, 0, 3, 1, 2, 5, 0, 1, 1, 1};

  private final CamWeights weights = new CamWeights(2, 2, 3);

  @Test
  void shouldAverageGradientsOverAllFramesOrOverEach() {
    CamWeights.Alphas all =
        weights.alphas(GRADIENT, 1, AlphaNormalization.MEAN, FrameWeights.ALL_FRAMES);
    assertArrayEquals(new double[] {21 / 6.0, 1}, all.alphas());
    CamWeights.Alphas each =
        weights.alphas(GRADIENT, 1, AlphaNormalization.MEAN, FrameWeights.EACH_FRAME);
    assertArrayEquals(new double[] {2, 0, 5, 2}, each.alphas());
  }

  @Test
  void shouldAddMapsUpAndCutOffWhatIsNegative() {
    assertArrayEquals(
        new float[] {0, 0, 4, 0, 5, 1}, weights.map(ACTIVATION, 1, new double[] {2, -1}));
    assertArrayEquals(
        new float[] {1, 0, 2, 3, 3, 3}, weights.map(ACTIVATION, 1, new double[] {1, 0, 0, 3}));
  }

  @Test
  void shouldMakeWeightsAddUpToOneWhereTheyCan() {
    CamWeights.Alphas ones =
        weights.alphas(GRADIENT, 1, AlphaNormalization.SUM_TO_ONE, FrameWeights.EACH_FRAME);
    assertArrayEquals(new double[] {1, 0, 5 / 7.0, 2 / 7.0}, ones.alphas(), 1e-15);
    assertTrue(ones.notices().isEmpty());
  }

  @Test
  void shouldSayWhereWeightsAllButCancelEachOther() {
    CamWeights.Alphas alphas =
        new CamWeights(2, 1, 1)
            .alphas(
                new float[] {1.00001f, -1},
                0,
                AlphaNormalization.SUM_TO_ONE,
                FrameWeights.ALL_FRAMES);
    double sum = (double) 1.00001f - 1;
    assertArrayEquals(new double[] {1.00001f / sum, -1 / sum}, alphas.alphas(), 1e-9 / sum);
    assertTrue(alphas.notices().getFirst().contains("rounding"), "" + alphas.notices());
  }

  @Test
  void shouldKeepTheMeanWhereWeightsAddUpToNothing() {
    for (float second : new float[] {-1, -1.5f, 0}) {
      float[] gradient = {second == 0 ? 0 : 1, second};
      CamWeights.Alphas alphas =
          new CamWeights(2, 1, 1)
              .alphas(gradient, 0, AlphaNormalization.SUM_TO_ONE, FrameWeights.ALL_FRAMES);
      assertArrayEquals(new double[] {gradient[0], second}, alphas.alphas());
      assertEquals(1, alphas.notices().size());
    }
  }
}
