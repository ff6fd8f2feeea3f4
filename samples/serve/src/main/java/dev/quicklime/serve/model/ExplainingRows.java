package dev.quicklime.serve.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quicklime.files.TabularJson;
import dev.quicklime.report.tabular.Constraint;
import dev.quicklime.run.Progress;
import dev.quicklime.run.Timings;
import dev.quicklime.tabular.TabularExplanation;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Explains rows as answers have them: what {@code tabular.json} has. */
public final class ExplainingRows {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final AnswerCache cache;
  private final Consumer<Timings> made;

  /**
   * Explains, unless the answer is kept already.
   *
   * @param cache which answers are kept
   * @param made hears how long each explanation took that was not kept, on the thread that made it
   */
  public ExplainingRows(AnswerCache cache, Consumer<Timings> made) {
    this.cache = Objects.requireNonNull(cache, "cache");
    this.made = Objects.requireNonNull(made, "made");
  }

  /**
   * Explains a row on the calling thread, which may be interrupted.
   *
   * @param progress hears of rows that are scored; of none where the answer was kept
   * @param heard hears of the explanation, unless the answer was kept
   * @return a JSON object in UTF-8
   * @throws dev.quicklime.InvalidInputException if the row or an option is wrong
   * @throws dev.quicklime.QuicklimeException if the model fails
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public byte[] explain(RowCall call, Progress progress, Consumer<TabularExplanation> heard) {
    Objects.requireNonNull(call, "call");
    Objects.requireNonNull(progress, "progress");
    Objects.requireNonNull(heard, "heard");
    if (!cache.keeps()) {
      TabularExplanation explanation = explained(call, progress);
      heard.accept(explanation);
      return written(call, explanation);
    }
    AnswerCache.RowKey key = AnswerCache.RowKey.of(call);
    byte[] kept = cache.find(key);
    if (kept != null) {
      return kept;
    }
    TabularExplanation before = cache.find(key.run());
    TabularExplanation explanation =
        before == null ? explained(call, progress) : before.refit(call.options().surrogate());
    if (before == null) {
      cache.keep(key.run(), explanation);
    }
    heard.accept(explanation);
    byte[] answer = written(call, explanation);
    cache.keep(key, answer);
    return answer;
  }

  private TabularExplanation explained(RowCall call, Progress progress) {
    double[] row = call.row().stream().mapToDouble(Double::doubleValue).toArray();
    TabularExplanation explanation =
        call.model().explainer().explain(call.model().table(), row, call.options(), progress);
    made.accept(explanation.timings());
    return explanation;
  }

  private static byte[] written(RowCall call, TabularExplanation explanation) {
    List<Constraint> beside = Constraint.all(explanation.samples(), call.options().surrogate());
    try {
      return MAPPER.writeValueAsBytes(
          TabularJson.tree(
              explanation,
              call.data(),
              call.place(),
              beside.stream().map(Constraint::fits).toList()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an explanation could not be turned into JSON", e);
    }
  }
}
