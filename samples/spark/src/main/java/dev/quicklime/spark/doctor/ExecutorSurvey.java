package dev.quicklime.spark.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Gets an answer from every executor. Nobody can send a task to a certain executor; so there are as
 * many tasks as can run at once, each of which holds its place for a moment, until all have
 * answered.
 */
final class ExecutorSurvey {

  /** How long a task of an executor that has answered keeps its place, in milliseconds. */
  private static final long HOLD = 300;

  private final SparkContext context;
  private final Duration patience;

  /**
   * Prepares a survey.
   *
   * @param patience how long to wait for all answers
   */
  ExecutorSurvey(SparkContext context, Duration patience) {
    this.context = context;
    this.patience = patience;
  }

  /**
   * What came in.
   *
   * @param answers by executor
   * @param silent addresses of executors that gave none
   * @param failure why tasks failed, in one line, or null if none did
   */
  record Outcome(List<ExecutorAnswer> answers, Set<String> silent, @Nullable String failure) {

    Outcome {
      answers = List.copyOf(answers);
      silent = Collections.unmodifiableSet(new TreeSet<>(silent));
    }
  }

  /** Asks until all have answered, a task has failed or patience is at an end. */
  Outcome ask() throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    Map<String, ExecutorAnswer> answers = new HashMap<>();
    String failure = null;
    while (failure == null
        && (answers.isEmpty() || !answers.keySet().containsAll(executors()))
        && System.nanoTime() < end) {
      failure = round(answers, end);
    }
    Set<String> silent = new HashSet<>(executors());
    silent.removeAll(answers.keySet());
    return new Outcome(
        answers.values().stream()
            .sorted(
                Comparator.comparingInt((ExecutorAnswer answer) -> answer.executor().length())
                    .thenComparing(ExecutorAnswer::executor))
            .toList(),
        silent,
        failure);
  }

  /** Addresses of those that tasks may go to. */
  private Set<String> executors() {
    Set<String> all =
        new HashSet<>(CollectionConverters.asJava(context.getExecutorMemoryStatus()).keySet());
    if (!context.isLocal()) {
      all.remove(SparkEnv.get().blockManager().blockManagerId().hostPort());
    }
    return all;
  }

  private @Nullable String round(Map<String, ExecutorAnswer> answers, long end)
      throws InterruptedException {
    int cores = context.getConf().getInt("spark.executor.cores", 1);
    int places = Math.max(context.defaultParallelism(), executors().size() * cores);
    List<Integer> tasks = new ArrayList<>(Collections.nCopies(places, 0));
    HashSet<String> known = new HashSet<>(answers.keySet());
    JavaFutureAction<List<ExecutorAnswer>> action =
        new JavaSparkContext(context)
            .parallelize(tasks, places)
            .map(_ -> answer(known))
            .collectAsync();
    try {
      Collection<ExecutorAnswer> given =
          action.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      given.forEach(answer -> answers.put(answer.address(), answer));
      return null;
    } catch (TimeoutException e) {
      action.cancel(true);
      return "no answer within " + patience.toSeconds() + " s";
    } catch (ExecutionException e) {
      return told(e);
    }
  }

  private static ExecutorAnswer answer(Set<String> known) throws InterruptedException {
    if (known.contains(ExecutorAnswer.hereAddress())) {
      Thread.sleep(HOLD);
    }
    return ExecutorAnswer.here();
  }

  /** The innermost cause that says something, in one line. */
  static String told(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String said = String.valueOf(cause.getMessage());
      if (said.contains("ClassNotFoundException: dev.quicklime")
          || (cause instanceof ClassNotFoundException && said.startsWith("dev.quicklime"))) {
        return "executors must have Quicklime's jars, and have none: name them in"
            + " spark.executor.extraClassPath, or send them by --jars";
      }
    }
    Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
  }
}
