package dev.quicklime.report.figure;

import dev.quicklime.report.text.Numbers;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.LinearFit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The weights of one class that a reader gets to see. */
public final class ShownWeights {

  private final LinearFit fit;
  private final Show show;
  private final List<Integer> strongest;

  /** The weights of a fit, as far as they are shown. */
  public ShownWeights(LinearFit fit, Show show) {
    this.fit = fit;
    this.show = show;
    this.strongest =
        fit.selected().stream().filter(j -> show.admits(fit.coefficients().get(j))).toList();
  }

  /** Which signs of weights are shown. */
  public Show show() {
    return show;
  }

  /** The superpixels shown, the largest |weight| first. */
  public List<Integer> strongest() {
    return strongest;
  }

  /** The first so many of them. */
  public List<Integer> strongest(int most) {
    return strongest.subList(0, Math.min(most, strongest.size()));
  }

  /** How many superpixels are shown. */
  public int count() {
    return strongest.size();
  }

  /** A superpixel's weight, 0 if it is not shown. */
  public double weight(int superpixel) {
    double weight = fit.coefficients().get(superpixel);
    return show.admits(weight) ? weight : 0;
  }

  /** How far a weight's 95 % interval reaches to either side, or null where there is none. */
  public @Nullable Double margin(int superpixel) {
    return fit.margin(superpixel);
  }

  /** Whether the surrogate gives intervals. */
  public boolean hasMargins() {
    return fit.intervals() instanceof Intervals.Margins;
  }

  /** Why there are none, in a few words that go on a sentence; nothing where there are. */
  public String reason() {
    return fit.intervals() instanceof Intervals.None(String reason) ? reason : "";
  }

  /** The largest |weight| shown, 0 if there is none. */
  public double largest() {
    return strongest.isEmpty() ? 0 : Math.abs(weight(strongest.getFirst()));
  }

  /** Decimals with which all of them are written. */
  public int decimals() {
    return Numbers.decimals(largest());
  }

  /** A superpixel's weight as text. */
  public String text(int superpixel) {
    return Numbers.signed(weight(superpixel), decimals());
  }

  /** The first so many as a list for a sentence: "12 (+0.31), 7 (−0.05)". */
  public String list(Stream<Integer> superpixels) {
    return superpixels.map(j -> j + " (" + text(j) + ")").collect(Collectors.joining(", "));
  }
}
