package dev.quicklime.serve.model;

import dev.quicklime.ExplainOptions;
import dev.quicklime.InvalidInputException;
import dev.quicklime.report.figure.Show;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers that were given lately, for whoever asks the same again: the same picture, byte for byte,
 * of the same model with the same options. A number of answers and of bytes is kept, those longest
 * that were asked for last.
 */
public final class AnswerCache {

  private final int mostAnswers;
  private final long mostBytes;
  private final Map<Key, byte[]> answers = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;
  private long hits;
  private long misses;

  /** What decides an answer. */
  record Key(
      String model,
      String picture,
      String name,
      ExplainOptions options,
      Show show,
      Set<FigureKind> figures) {

    static Key of(ExplainCall call) {
      return new Key(
          call.model().name(),
          call.picture().digest(),
          call.picture().name(),
          call.asked().options(),
          call.asked().show(),
          call.figures());
    }
  }

  /**
   * An empty cache.
   *
   * @param mostAnswers how many are kept, or 0 for none
   * @param mostBytes how many bytes they may have together, ≥ 0
   * @throws InvalidInputException if a number is below 0
   */
  public AnswerCache(int mostAnswers, long mostBytes) {
    if (mostAnswers < 0 || mostBytes < 0) {
      throw new InvalidInputException(
          "answers and bytes kept must be at least 0, got %s and %s"
              .formatted(mostAnswers, mostBytes));
    }
    this.mostAnswers = mostAnswers;
    this.mostBytes = mostBytes;
  }

  /** Keeps nothing. */
  public static AnswerCache none() {
    return new AnswerCache(0, 0);
  }

  /** Whether anything is ever kept. */
  public boolean keeps() {
    return mostAnswers > 0 && mostBytes > 0;
  }

  synchronized byte @Nullable [] find(Key key) {
    byte[] answer = answers.get(key);
    if (answer == null) {
      misses++;
    } else {
      hits++;
    }
    return answer;
  }

  synchronized void keep(Key key, byte[] answer) {
    if (!keeps() || answer.length > mostBytes) {
      return;
    }
    byte[] before = answers.put(key, answer);
    bytes += answer.length - (before == null ? 0 : before.length);
    var oldest = answers.entrySet().iterator();
    while (answers.size() > mostAnswers || bytes > mostBytes) {
      bytes -= oldest.next().getValue().length;
      oldest.remove();
    }
  }

  /** How many answers are kept now. */
  public synchronized int size() {
    return answers.size();
  }

  /** How many bytes they have together. */
  public synchronized long bytes() {
    return bytes;
  }

  /** How often an answer was there. */
  public synchronized long hits() {
    return hits;
  }

  /** How often it was not. */
  public synchronized long misses() {
    return misses;
  }
}
