package dev.quicklime.serve.model;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explanation;
import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Image;
import dev.quicklime.report.figure.Show;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.Surrogate;
import dev.quicklime.tabular.TabularExplanation;
import dev.quicklime.tabular.TabularOptions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers that were given lately, for whoever asks the same again: the same picture, byte for byte,
 * or row of the same model with the same options. Their samples are kept too, so that another
 * surrogate alone, or other figures, need no forward pass. A number of either and of their bytes is
 * kept, those longest that were asked for last.
 */
public final class AnswerCache {

  private final boolean keeps;
  private final LeastRecent<AnyKey, byte[]> answers;
  private final LeastRecent<RunKey, Explanation> runs;
  private final LeastRecent<RowRunKey, TabularExplanation> rowRuns;

  /** What decides an answer. */
  sealed interface AnyKey permits Key, RowKey {}

  /** What decides an answer about a row. */
  record RowKey(RowRunKey run, String data, int place, Surrogate surrogate) implements AnyKey {

    static RowKey of(RowCall call) {
      return new RowKey(
          new RowRunKey(
              call.model().name(),
              call.row(),
              call.options().withSurrogate(LeastSquares.defaults())),
          call.data(),
          call.place(),
          call.options().surrogate());
    }
  }

  /**
   * What decides the rows that are drawn around one and their scores.
   *
   * @param options with a surrogate that says nothing
   */
  record RowRunKey(String model, List<Double> row, TabularOptions options) {}

  /** What decides an answer about a picture. */
  record Key(
      RunKey run,
      String name,
      ExplainOptions options,
      Show show,
      Set<FigureKind> figures,
      @Nullable String layer)
      implements AnyKey {

    static Key of(ExplainCall call) {
      ExplainOptions options = call.asked().options();
      return new Key(
          new RunKey(
              call.model().name(),
              call.picture().digest(),
              options.withSurrogate(Lasso.defaults())),
          call.picture().name(),
          options,
          call.asked().show(),
          call.figures(),
          call.layer());
    }
  }

  /**
   * What decides samples and their scores.
   *
   * @param options with a surrogate that says nothing
   */
  record RunKey(String model, String picture, ExplainOptions options) {}

  /**
   * An empty cache.
   *
   * @param most how many answers are kept, and of how many the samples, or 0 for none
   * @param mostBytes how many bytes answers may have together, and samples too, ≥ 0
   * @throws InvalidInputException if a number is below 0
   */
  public AnswerCache(int most, long mostBytes) {
    if (most < 0 || mostBytes < 0) {
      throw new InvalidInputException(
          "answers and bytes kept must be at least 0, got %s and %s".formatted(most, mostBytes));
    }
    this.keeps = most > 0 && mostBytes > 0;
    this.answers = new LeastRecent<>(most, mostBytes, answer -> answer.length);
    this.runs = new LeastRecent<>(most, mostBytes, AnswerCache::bytes);
    this.rowRuns = new LeastRecent<>(most, mostBytes, AnswerCache::bytes);
  }

  /** Keeps nothing. */
  public static AnswerCache none() {
    return new AnswerCache(0, 0);
  }

  /** Whether anything is ever kept. */
  boolean keeps() {
    return keeps;
  }

  byte @Nullable [] find(AnyKey key) {
    return answers.find(key);
  }

  void keep(AnyKey key, byte[] answer) {
    answers.keep(key, answer);
  }

  /** An explanation of the same samples, by whatever surrogate; null where there is none. */
  @Nullable Explanation find(RunKey key) {
    // How many samples a stop rule draws is the surrogate's to say.
    return key.options().stops() ? null : runs.find(key);
  }

  void keep(RunKey key, Explanation explanation) {
    if (!key.options().stops()) {
      runs.keep(key, explanation);
    }
  }

  /** An explanation of the same rows, by whatever surrogate; null where there is none. */
  @Nullable TabularExplanation find(RowRunKey key) {
    return rowRuns.find(key);
  }

  void keep(RowRunKey key, TabularExplanation explanation) {
    rowRuns.keep(key, explanation);
  }

  /** About what an explanation takes: its rows, what is fitted to, weights and scores. */
  private static long bytes(TabularExplanation explanation) {
    long columns = explanation.samples().features().size();
    long values = 2 * columns + explanation.classes().size() + 1;
    return values * explanation.samples().rows() * Long.BYTES
        + 200L * columns * explanation.classes().size()
        + 100L * explanation.scores().size();
  }

  /** About what an explanation takes: its pictures, superpixels, masks and scores. */
  private static long bytes(Explanation explanation) {
    long rows = explanation.samples().rows();
    long words = explanation.samples().masks().wordsPerRow();
    long values = explanation.classes().size() + 1L;
    long coefficients = 64L * explanation.segments().count() * explanation.classes().size();
    Image input = explanation.perturbation().original();
    return bytes(explanation.picture())
        + 3 * bytes(input)
        + 4L * input.width() * input.height()
        + rows * Long.BYTES * (words + values)
        + coefficients;
  }

  private static long bytes(Image image) {
    long values = (long) image.width() * image.height() * image.channels();
    return values * (image.isFloat() ? Float.BYTES : 1);
  }

  /** How many answers are kept now. */
  public int size() {
    return answers.size();
  }

  /** How many bytes answers and samples have together. */
  public long bytes() {
    return answers.bytes() + runs.bytes() + rowRuns.bytes();
  }

  /** How often an answer was there. */
  public long hits() {
    return answers.hits();
  }

  /** How often it was not. */
  public long misses() {
    return answers.misses();
  }

  /** How often samples were there where the answer was not. */
  public long refits() {
    return runs.hits() + rowRuns.hits();
  }
}
