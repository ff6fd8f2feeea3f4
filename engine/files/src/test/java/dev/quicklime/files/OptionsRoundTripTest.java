package dev.quicklime.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quicklime.ExplainOptions;
import dev.quicklime.Preset;
import dev.quicklime.design.Antithetic;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Design;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.design.FixedSize;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.design.Leverage;
import dev.quicklime.design.TwoPhase;
import dev.quicklime.image.ReadLimits;
import dev.quicklime.locality.Distance;
import dev.quicklime.locality.Locality;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Target;
import dev.quicklime.perturb.Fill;
import dev.quicklime.segment.GivenSegments;
import dev.quicklime.segment.SegmentMap;
import dev.quicklime.segment.Segmenter;
import dev.quicklime.segment.Slic;
import dev.quicklime.segment.Slico;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.Alpha;
import dev.quicklime.surrogate.BestSubset;
import dev.quicklime.surrogate.ElasticNet;
import dev.quicklime.surrogate.ForwardSelection;
import dev.quicklime.surrogate.KLasso;
import dev.quicklime.surrogate.L1Ball;
import dev.quicklime.surrogate.L2Ball;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.Ridge;
import dev.quicklime.surrogate.Shapley;
import dev.quicklime.surrogate.Strongest;
import dev.quicklime.surrogate.Surrogate;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Options are read as they were written, of every kind that there is. */
class OptionsRoundTripTest {

  private static final ExplainOptions STANDARD = ExplainOptions.defaults();

  private static final List<Segmenter> SEGMENTERS =
      List.of(
          new Slic(7, 0.1, 3),
          new Slico(30, 2),
          new Tiles(2, 9),
          new GivenSegments(SegmentMap.of(3, 2, new int[] {0, 1, 1, 1, 0, 2})));

  private static final List<Design> DESIGNS =
      List.of(
          new Bernoulli(0.1),
          new Antithetic(),
          new Exhaustive(),
          new FixedSize(),
          new FoldedHadamard(),
          new Leverage(),
          new TwoPhase());

  private static final List<Fill> FILLS =
      List.of(
          new Fill.SegmentMean(),
          new Fill.ImageMean(),
          new Fill.Blur(0.3),
          new Fill.Constant(List.of(0.1, 255.0)));

  private static final List<ClassChoice> CLASSES =
      List.of(ClassChoice.top(7), ClassChoice.of(5, 0, 2));

  private static final List<Alpha> ALPHAS =
      List.of(
          Alpha.auto(),
          Alpha.of(1e-300),
          new Alpha.Criterion(Alpha.Criterion.Kind.AIC),
          new Alpha.CrossValidated(3),
          new Alpha.Keeping(4));

  private static final List<Surrogate> SURROGATES =
      List.of(
          new Lasso(Alpha.of(0.1), false),
          new ElasticNet(Alpha.auto(), 0.7, true),
          new Ridge(0.1, false),
          new LeastSquares(true),
          new KLasso(3, 0.2, true),
          new ForwardSelection(4, 0.3, false),
          new BestSubset(5, 1.5, true),
          new Strongest(6, new L1Ball(0.1, false), 2),
          new L1Ball(Math.PI, true),
          new L2Ball(Double.MIN_VALUE, true),
          new Shapley());

  private static ExplainOptions again(ExplainOptions options) throws IOException {
    // By way of a text, as a file has it.
    String text = OptionsJson.of(options).toString();
    return OptionsJson.read(new JsonFields(new JsonMapper().readTree(text), "options"));
  }

  private static void assertAll(Class<?> kind, List<?> values) {
    assertEquals(
        Set.of(kind.getPermittedSubclasses()),
        values.stream().map(Object::getClass).collect(Collectors.toSet()));
  }

  @Test
  void shouldReadEveryKindOfStrategyAsItWasWritten() throws IOException {
    assertAll(Segmenter.class, SEGMENTERS);
    assertAll(Design.class, DESIGNS);
    assertAll(Fill.class, FILLS);
    assertAll(ClassChoice.class, CLASSES);
    assertAll(Alpha.class, ALPHAS);
    assertAll(Surrogate.class, SURROGATES);
    List<ExplainOptions> all =
        Stream.of(
                SEGMENTERS.stream().map(STANDARD::withSegmenter),
                DESIGNS.stream().map(STANDARD::withDesign),
                FILLS.stream().map(STANDARD::withFill),
                CLASSES.stream().map(STANDARD::withClasses),
                ALPHAS.stream().map(alpha -> STANDARD.withSurrogate(new Lasso(alpha, true))),
                SURROGATES.stream().map(STANDARD::withSurrogate))
            .flatMap(options -> options)
            .toList();
    for (ExplainOptions options : all) {
      assertEquals(options, again(options));
    }
  }

  @Test
  void shouldReadEveryPresetAndNumberAsItWasWritten() throws IOException {
    for (Preset preset : Preset.ALL) {
      assertEquals(preset.options(), again(preset.options()));
    }
    for (Target target : Target.values()) {
      assertEquals(STANDARD.withTarget(target), again(STANDARD.withTarget(target)));
    }
    for (Distance distance : Distance.values()) {
      ExplainOptions options =
          STANDARD
              .withLocality(new Locality(distance, 1.0 / 3))
              .withSamples(ExplainOptions.MAX_SAMPLES)
              .withScoresShown(9)
              .withStop(0.1)
              .withStopError(1e-17)
              .withSeed(Long.MIN_VALUE)
              .withLimits(new ReadLimits(Long.MAX_VALUE));
      assertEquals(options, again(options));
    }
  }
}
