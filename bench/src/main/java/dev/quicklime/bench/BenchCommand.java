package dev.quicklime.bench;

import dev.quicklime.InvalidInputException;
import dev.quicklime.bench.guard.Guard;
import dev.quicklime.bench.guard.Judgement;
import dev.quicklime.bench.jmh.Catalogue;
import dev.quicklime.bench.jmh.Known;
import dev.quicklime.bench.results.ResultComparison;
import dev.quicklime.bench.results.ResultFolder;
import dev.quicklime.cli.run.CommandVersion;
import dev.quicklime.cli.run.ProgressLine;
import dev.quicklime.cli.run.Stderr;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures the hot paths, judges some of them, and compares what was measured. */
@Command(
    name = "bench",
    description = "Measures the hot paths.",
    mixinStandardHelpOptions = true,
    versionProvider = CommandVersion.class,
    customSynopsis = {
      "quicklime bench [REGEX...] [how to run]",
      "       quicklime bench --guard [REGEX...] [how to guard]",
      "       quicklime bench --compare BEFORE.json AFTER.json",
      "       quicklime bench --list [REGEX...]",
      "       quicklime bench -- [JMH's own arguments; -h lists them]"
    },
    sortOptions = false,
    separator = " ",
    footer = {
      "",
      "Exit codes: 0 done, and under --guard all is well; 2 your input or options are",
      "wrong; 1 the guard objects, or anything else."
    })
final class BenchCommand implements Callable<Integer> {

  /** What is done instead of a full run. */
  static final class Instead {
    @Option(
        names = "--guard",
        description =
            "Judge the paths of the budgets: fail where one takes longer than its budget, a kernel"
                + " allocates, or a vector form is slower than the scalar one.")
    private boolean guard;

    @Option(
        names = "--compare",
        arity = "2",
        paramLabel = "FILE",
        description = "Compare two runs' results.json, and say what differs beyond the error.")
    private Path @Nullable [] compare;

    @Option(names = "--list", description = "List the benchmarks with their parameters.")
    private boolean list;
  }

  /** How benchmarks are run. */
  static final class Running {
    @Option(
        names = "--param",
        paramLabel = "NAME=V[,V...]",
        description =
            "Values of a parameter; may be given several times. Default: all that the benchmark"
                + " names.")
    private Map<String, String> params = new LinkedHashMap<>();

    @Option(
        names = "--forks",
        paramLabel = "N",
        description = "JVMs for each measurement. Default: as each benchmark says, mostly 2.")
    private @Nullable Integer forks;

    @Option(
        names = "--warmups",
        paramLabel = "N",
        description = "Iterations that do not count. Default: as each benchmark says, mostly 3.")
    private @Nullable Integer warmups;

    @Option(
        names = "--iterations",
        paramLabel = "N",
        description = "Iterations that count. Default: as each benchmark says, mostly 5.")
    private @Nullable Integer iterations;

    @Option(
        names = "--time",
        paramLabel = "T",
        description =
            "How long an iteration lasts, for instance 200ms. Default: as each benchmark says,"
                + " mostly 1s.")
    private @Nullable String time;

    @Option(
        names = "--out",
        paramLabel = "DIR",
        description =
            "Where results.json, results.md, chart.png and report.html go. Default:"
                + " quicklime-bench.")
    private @Nullable Path out;
  }

  /** How the guard measures. */
  static final class Guarding {
    @Option(
        names = "--budgets",
        paramLabel = "FILE",
        description = "Budgets to judge by. Default: bench/budgets.toml.")
    private @Nullable Path budgets;

    @Option(
        names = "--rounds",
        paramLabel = "N",
        description = "How often each path is measured beside its yardstick. Default: 5.")
    private @Nullable Integer rounds;

    @Option(
        names = "--round-time",
        paramLabel = "MS",
        description = "Milliseconds of an iteration in a round. Default: 40.")
    private @Nullable Integer millis;
  }

  private static final Path OUT = Path.of("quicklime-bench");
  private static final int ROUNDS = 5;
  private static final int ROUND_MILLIS = 40;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "REGEX",
      description =
          "Benchmarks, or under --guard paths, whose name holds this. Default: all of them.")
  private List<String> names = List.of();

  @ArgGroup(exclusive = true, heading = "%nInstead of measuring all:%n")
  private @Nullable Instead instead;

  @ArgGroup(exclusive = false, heading = "%nHow to run:%n")
  private @Nullable Running running;

  @ArgGroup(exclusive = false, heading = "%nHow to guard:%n")
  private @Nullable Guarding guarding;

  @Option(names = "--quiet", description = "Show no progress.")
  private boolean quiet;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Instead other = instead == null ? new Instead() : instead;
    Path[] compare = other.compare;
    if (running != null && (other.guard || other.list || compare != null)) {
      throw wrong("--param, --forks, --warmups, --iterations, --time and --out are for full runs");
    }
    if (guarding != null && !other.guard) {
      throw wrong("--budgets, --rounds and --round-time need --guard");
    }
    if (compare != null) {
      if (!names.isEmpty()) {
        throw wrong("--compare takes two files, got a third argument " + names.getFirst());
      }
      ResultComparison.print(compare[0], compare[1], out);
      return ExitCode.OK;
    }
    if (other.guard) {
      return guard(guarding == null ? new Guarding() : guarding, out);
    }
    List<Known> chosen = Catalogue.read().matching(chosen());
    if (chosen.isEmpty()) {
      throw new InvalidInputException("no benchmark has such a name; --list shows them all");
    }
    if (other.list) {
      chosen.forEach(known -> show(known, out));
      out.flush();
    } else {
      full(chosen, running == null ? new Running() : running).run(out);
    }
    return ExitCode.OK;
  }

  private static void show(Known known, PrintWriter out) {
    out.println(known.name());
    known
        .params()
        .forEach((name, values) -> out.println("  " + name + " = " + String.join(", ", values)));
  }

  private int guard(Guarding how, PrintWriter out) throws IOException, InterruptedException {
    Guard guard =
        Guard.of(
            how.budgets,
            chosen(),
            how.rounds == null ? ROUNDS : how.rounds,
            how.millis == null ? ROUND_MILLIS : how.millis);
    Judgement judgement;
    try (ProgressLine progress =
        ProgressLine.begin("guard", "measurements", 1, !quiet && Stderr.isTerminal())) {
      judgement = guard.judge(spec.commandLine().getErr(), progress);
    }
    judgement.print(out);
    return judgement.passed() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private FullRun full(List<Known> chosen, Running how) {
    Map<String, List<String>> params = new LinkedHashMap<>();
    how.params.forEach((name, values) -> params.put(name, Arrays.asList(values.split(",", -1))));
    params.forEach((name, values) -> check(name, values, chosen));
    return new FullRun(
        chosen,
        params,
        count("--forks", how.forks, 1),
        count("--warmups", how.warmups, 0),
        count("--iterations", how.iterations, 1),
        time(how.time),
        ResultFolder.at(how.out == null ? OUT : how.out),
        quiet);
  }

  /** JMH takes any value and fails when the benchmark sees it. */
  private static void check(String name, List<String> values, List<Known> chosen) {
    List<String> known = new ArrayList<>();
    chosen.forEach(benchmark -> known.addAll(benchmark.params().getOrDefault(name, List.of())));
    if (!known.containsAll(values)) {
      throw new InvalidInputException(
          known.isEmpty()
              ? "--param: no chosen benchmark has a parameter " + name
              : "--param: %s must be of %s, got %s"
                  .formatted(name, known.stream().distinct().toList(), values));
    }
  }

  private static @Nullable Integer count(String option, @Nullable Integer value, int least) {
    if (value != null && (value < least || value > 1000)) {
      throw new InvalidInputException(
          "%s must be between %s and 1000, got %s".formatted(option, least, value));
    }
    return value;
  }

  private static @Nullable TimeValue time(@Nullable String text) {
    if (text == null) {
      return null;
    }
    if (!text.matches("[1-9][0-9]{0,5}(us|ms|s|m)")) {
      throw new InvalidInputException(
          "--time must be a whole number with us, ms, s or m, got " + text);
    }
    return TimeValue.fromString(text);
  }

  private Predicate<String> chosen() {
    if (names.isEmpty()) {
      return _ -> true;
    }
    List<Pattern> patterns = new ArrayList<>();
    for (String name : names) {
      try {
        patterns.add(Pattern.compile(name));
      } catch (PatternSyntaxException e) {
        throw new InvalidInputException(
            "REGEX must be a regular expression, got " + name + ": " + e.getDescription(), e);
      }
    }
    return name -> patterns.stream().anyMatch(pattern -> pattern.matcher(name).find());
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
