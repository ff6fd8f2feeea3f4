package dev.quicklime.bench;

import dev.quicklime.Environment;
import dev.quicklime.bench.jmh.Known;
import dev.quicklime.bench.results.BenchmarkFigure;
import dev.quicklime.bench.results.ResultFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs benchmarks as JMH runs them, each in forks of its own, and keeps what they measured.
 *
 * @param benchmarks which, at least 1
 * @param params values instead of the annotated ones
 * @param forks JVMs for each, or null as annotated
 * @param warmups iterations that do not count, or null as annotated
 * @param iterations those that do, or null as annotated
 * @param time of an iteration, or null as annotated
 * @param folder where the result goes
 * @param quiet whether JMH's own account is not shown
 */
record FullRun(
    List<Known> benchmarks,
    Map<String, List<String>> params,
    @Nullable Integer forks,
    @Nullable Integer warmups,
    @Nullable Integer iterations,
    @Nullable TimeValue time,
    ResultFolder folder,
    boolean quiet) {

  /** Copies the lists. */
  FullRun {
    benchmarks = List.copyOf(benchmarks);
    params = Map.copyOf(params);
  }

  void run(PrintWriter out) throws IOException {
    Collection<RunResult> results = measure();
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try (PrintStream to = new PrintStream(json, false, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, to).writeOut(results);
    }
    List<BenchmarkFigure> figures = folder.write(json.toByteArray(), machine());
    ResultFolder.table(figures).forEach(out::println);
    out.println("Written to " + folder.root().resolve("report.html"));
    out.flush();
    int failed = combinations() - results.size();
    if (failed > 0) {
      throw new IllegalStateException(
          "%s of %s benchmarks failed; %s has the others"
              .formatted(failed, combinations(), folder.root()));
    }
  }

  private int combinations() {
    int sum = 0;
    for (Known known : benchmarks) {
      int product = 1;
      for (var param : known.params().entrySet()) {
        product *= params.getOrDefault(param.getKey(), param.getValue()).size();
      }
      sum += product;
    }
    return sum;
  }

  private Collection<RunResult> measure() {
    ChainedOptionsBuilder options =
        // What hours have measured is kept when a later benchmark fails.
        new OptionsBuilder().addProfiler(GCProfiler.class).shouldFailOnError(false);
    benchmarks.forEach(known -> options.include("^" + Pattern.quote(known.name()) + "$"));
    params.forEach((name, values) -> options.param(name, values.toArray(String[]::new)));
    if (forks != null) {
      options.forks(forks);
    }
    if (warmups != null) {
      options.warmupIterations(warmups);
    }
    if (iterations != null) {
      options.measurementIterations(iterations);
    }
    if (time != null) {
      options.warmupTime(time).measurementTime(time);
    }
    OutputStream shown = quiet ? OutputStream.nullOutputStream() : System.out;
    VerboseMode words = quiet ? VerboseMode.SILENT : VerboseMode.NORMAL;
    try {
      return new Runner(
              options.verbosity(words).build(),
              OutputFormatFactory.createFormatInstance(
                  new PrintStream(shown, true, StandardCharsets.UTF_8), words))
          .run();
    } catch (RunnerException e) {
      throw new IllegalStateException("the benchmarks did not run to their end", e);
    }
  }

  private static String machine() {
    return "%s, %s processors, %s kernels, JDK %s, Quicklime %s"
        .formatted(
            Environment.cpu(),
            Environment.cores(),
            Environment.kernels(),
            Runtime.version(),
            Environment.version());
  }
}
