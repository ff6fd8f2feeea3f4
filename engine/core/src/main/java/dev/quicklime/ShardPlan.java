package dev.quicklime;

import dev.quicklime.image.Image;
import dev.quicklime.image.Placement;
import dev.quicklime.internal.scoring.ScoreKinds;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.surrogate.DesignFits;
import dev.quicklime.surrogate.ErrorSums;
import dev.quicklime.surrogate.FitInput;
import dev.quicklime.surrogate.LinearFit;
import dev.quicklime.surrogate.RowRange;
import dev.quicklime.surrogate.SecondPass;
import dev.quicklime.surrogate.ShardFrame;
import dev.quicklime.surrogate.ShardSums;
import dev.quicklime.surrogate.SurrogateFitter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An explanation whose samples many processes score: what the original decided, which rows are to
 * be scored, and what is made of them in the end. It stays with the process that asked for it, and
 * holds nothing that grows with the samples; others get its {@link #decision} and some of its
 * {@link #shards}. Made by {@link ShardedExplainer#plan}. Immutable.
 */
public final class ShardPlan {

  private final Image picture;
  private final Placement placement;
  private final ShardWork work;
  private final List<ScoredClass> explained;
  private final List<Double> localTargets;
  private final List<ScoredClass> shown;
  private final Provenance provenance;
  private final List<String> notices;

  ShardPlan(
      Image picture,
      Placement placement,
      ShardWork work,
      List<ScoredClass> explained,
      List<Double> localTargets,
      List<ScoredClass> shown,
      Provenance provenance,
      List<String> notices) {
    this.picture = picture;
    this.placement = placement;
    this.work = work;
    this.explained = List.copyOf(explained);
    this.localTargets = List.copyOf(localTargets);
    this.shown = List.copyOf(shown);
    this.provenance = provenance;
    this.notices = List.copyOf(notices);
  }

  /** What others need besides the picture and the options. */
  public ShardDecision decision() {
    return work.decision();
  }

  /** What this process scores shards by itself with. */
  public ShardWork work() {
    return work;
  }

  /** What the model says of the original of the explained classes, in order. */
  public List<ScoredClass> explained() {
    return explained;
  }

  /**
   * All rows, dealt out.
   *
   * @param rowsEach about how many rows a shard is to have, rounded to whole blocks of {@value
   *     ShardFrame#BLOCK}; each takes eight bytes for each class, and its mask
   * @return in ascending order
   */
  public List<RowRange> shards(int rowsEach) {
    return frame().shards(rowsEach);
  }

  private ShardFrame frame() {
    return work.decision().frame();
  }

  private ExplainOptions options() {
    return provenance.options();
  }

  /**
   * What is to be done for intervals, once all rows are summed up: a pass over all shards' scores,
   * see {@link ShardScores#errors}.
   *
   * @return nothing where the surrogate has no intervals or these samples allow for none; {@link
   *     #finish(ShardTotals)} then says why
   * @throws InvalidInputException if rows are missing, or the surrogate needs rows, not their sums
   */
  public Optional<SecondPass> secondPass(ShardTotals all) {
    return SurrogateFitter.secondPass(options().surrogate(), own(all));
  }

  /**
   * The explanation, without intervals where these want a {@link #secondPass}.
   *
   * @throws InvalidInputException if rows are missing, or the surrogate needs rows, not their sums
   */
  public ShardedExplanation finish(ShardTotals all) {
    FitInput input = FitInput.of(own(all));
    List<LinearFit> fits = SurrogateFitter.fitAll(options().surrogate(), input);
    return finished(fits, input.effectiveSamples(), all.kinds());
  }

  /**
   * The explanation with its intervals.
   *
   * @param errors of the {@link #secondPass}, of all rows
   * @throws InvalidInputException if rows are missing, or errors are of other fits
   */
  public ShardedExplanation finish(ShardTotals all, ErrorSums errors) {
    ShardSums sums = own(all);
    List<LinearFit> fits = SurrogateFitter.fitAll(options().surrogate(), sums, errors);
    return finished(fits, sums.effectiveSamples(), all.kinds());
  }

  /**
   * The explanation from the scores of all rows, gathered here: for surrogates and designs that
   * need them, see {@link ShardSums#check}. Takes the memory that explaining in one process takes.
   *
   * @param all in any order
   * @throws InvalidInputException if rows are missing or come twice
   */
  public ShardedExplanation finish(List<ShardScores> all) {
    Objects.requireNonNull(all, "all");
    ShardFrame frame = frame();
    List<ShardScores> sorted =
        all.stream().sorted(Comparator.comparingInt(part -> part.range().from())).toList();
    double[] scores = new double[Math.multiplyExact(frame.rows(), frame.classes())];
    ScoreKinds kinds = new ScoreKinds(0, true, true, true, false);
    int next = 0;
    for (ShardScores part : sorted) {
      checkOwn(part.frame());
      if (part.range().from() != next) {
        throw incomplete(Math.min(next, part.range().from()));
      }
      double[] values = part.ownValues();
      System.arraycopy(values, 0, scores, next * frame.classes(), values.length);
      kinds = kinds.plus(part.kinds());
      next = part.range().to();
    }
    if (next != frame.rows()) {
      throw incomplete(next);
    }
    FitInput input = DesignFits.gathered(options().surrogate(), frame, scores);
    List<LinearFit> fits = SurrogateFitter.fitAll(options().surrogate(), input);
    return finished(fits, input.effectiveSamples(), kinds);
  }

  private InvalidInputException incomplete(int row) {
    return new InvalidInputException(
        "scores must be of all %s rows, each once, got none or more than one of row %s"
            .formatted(frame().rows(), row));
  }

  private ShardSums own(ShardTotals all) {
    Objects.requireNonNull(all, "all");
    checkOwn(all.sums().frame());
    return all.sums();
  }

  private void checkOwn(ShardFrame other) {
    if (!frame().equals(other)) {
      throw new InvalidInputException(
          "results must be of rows of %s, got those of %s".formatted(frame(), other));
    }
  }

  private ShardedExplanation finished(
      List<LinearFit> fits, double effectiveSamples, ScoreKinds kinds) {
    List<String> all = new ArrayList<>(notices);
    all.addAll(kinds.notices("picture", decision().target()));
    all.addAll(SurrogateStage.sparse(effectiveSamples, frame().superpixels(), options()));
    return new ShardedExplanation(
        picture,
        placement,
        work.perturbation(),
        decision().target(),
        decision().outputs(),
        shown,
        SurrogateStage.explained(explained, fits, decision().target()),
        localTargets,
        frame().rows(),
        effectiveSamples,
        provenance,
        all);
  }
}
