package dev.quicklime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Design;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.design.Leverage;
import dev.quicklime.image.ReadLimits;
import dev.quicklime.locality.Distance;
import dev.quicklime.locality.Locality;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Target;
import dev.quicklime.perturb.Fill;
import dev.quicklime.segment.Segmenter;
import dev.quicklime.segment.Slic;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.Alpha;
import dev.quicklime.surrogate.KLasso;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.Ridge;
import dev.quicklime.surrogate.Shapley;
import dev.quicklime.surrogate.Surrogate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresetTest {

  private static final Fill GRAY = new Fill.Constant(List.of(128.0));
  private static final Fill BLACK = new Fill.Constant(List.of(0.0));
  private static final Fill MEAN = new Fill.SegmentMean();
  private static final Design COINS = new Bernoulli(0.5);
  private static final Surrogate LASSO = new Lasso(Alpha.auto(), true);

  private static ExplainOptions of(
      int top,
      int scores,
      Target target,
      Segmenter segmenter,
      int samples,
      Design design,
      double stop,
      Fill fill,
      Surrogate surrogate) {
    return new ExplainOptions(
        segmenter,
        samples,
        design,
        fill,
        target,
        new ClassChoice.Top(top),
        scores,
        new Locality(Distance.COSINE, 0.25),
        surrogate,
        stop,
        0,
        0,
        ReadLimits.defaults());
  }

  private static final Map<String, ExplainOptions> KNOWN =
      Map.of(
          "default",
          of(3, 4, Target.PROBABILITY, new Slic(100, 10, 10), 1000, COINS, 0, GRAY, LASSO),
          "tiles-top1",
          of(3, 4, Target.TOP1, new Tiles(8, 8), 1000, COINS, 0, GRAY, LASSO),
          "k-lasso",
          of(
              3,
              4,
              Target.PROBABILITY,
              new Slic(50, 10, 10),
              1000,
              COINS,
              0,
              MEAN,
              new KLasso(10, 1, true)),
          "slic100-gray",
          of(3, 4, Target.LOGIT, new Slic(100, 10, 10), 1000, COINS, 0, GRAY, LASSO),
          "slic20-black",
          of(
              3,
              4,
              Target.LOGIT,
              new Slic(20, 10, 10),
              500,
              COINS,
              0,
              BLACK,
              new Lasso(Alpha.of(0.1), true)),
          "lime",
          of(
              5,
              5,
              Target.PROBABILITY,
              new Slic(50, 10, 10),
              999,
              COINS,
              0,
              MEAN,
              new Ridge(1, true)),
          "shapley",
          of(
              3,
              4,
              Target.PROBABILITY,
              new Slic(50, 10, 10),
              1000,
              new Leverage(),
              0,
              GRAY,
              new Shapley()),
          "fast",
          of(
              3,
              4,
              Target.LOGIT,
              new Slic(100, 10, 10),
              1024,
              new FoldedHadamard(),
              0.05,
              GRAY,
              new LeastSquares(true)));

  static List<String> names() {
    return Preset.NAMES;
  }

  @Test
  void shouldListThemInTheirOrder() {
    assertEquals(
        List.of(
            "default",
            "tiles-top1",
            "k-lasso",
            "slic100-gray",
            "slic20-black",
            "lime",
            "shapley",
            "fast"),
        Preset.NAMES);
    assertEquals(Preset.NAMES, Preset.ALL.stream().map(Preset::name).toList());
    assertEquals(KNOWN.size(), Preset.ALL.size());
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldStandForWhatIsKnown(String name) {
    ExplainOptions known = KNOWN.get(name);
    assertNotNull(known);
    assertEquals(known, ExplainOptions.preset(name));
    assertEquals(known, Preset.named(name).options());
    assertFalse(Preset.named(name).purpose().isBlank());
  }

  @Test
  void shouldStartFromTheDefaults() {
    assertEquals(ExplainOptions.defaults(), ExplainOptions.preset("default"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fancy", "", "FAST", " fast"})
  void shouldNameAllWhereThereIsNone(String name) {
    assertEquals(
        "preset must be one of default, tiles-top1, k-lasso, slic100-gray, slic20-black, lime,"
            + " shapley, fast, got "
            + name,
        assertThrows(InvalidInputException.class, () -> ExplainOptions.preset(name)).getMessage());
  }
}
