package dev.quicklime.bench.guard;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.quicklime.InvalidInputException;
import dev.quicklime.bench.jmh.Catalogue;
import dev.quicklime.run.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.CompilerHints;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a JVM measure all paths and says what it found. The JVM has the options of this one, so that
 * what is measured runs as it would here, and none of the compiled code.
 */
public final class Guard {

  private static final String UNSAFE = "--sun-misc-unsafe-memory-access=";

  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

  /** What a JVM ends with after Ctrl-C, which a terminal sends to both. */
  private static final int INTERRUPTED = 130;

  /** So much of what a failed JVM said is shown. */
  private static final int LAST_LINES = 15;

  private final Plan plan;

  private Guard(Plan plan) {
    this.plan = plan;
  }

  /**
   * Prepares.
   *
   * @param file with budgets, or null for those that come with the benchmarks
   * @param chosen which paths are judged, by their names; the compiler sees all of them
   * @param rounds how often each path is measured, 1 to 1000
   * @param iterationMillis how long each of a round's iterations lasts, 1 to 60000
   * @throws InvalidInputException if the file is wrong or no path is chosen
   */
  public static Guard of(
      @Nullable Path file, Predicate<String> chosen, int rounds, int iterationMillis)
      throws IOException {
    Catalogue catalogue = Catalogue.read();
    List<Budget> all = file == null ? BudgetFile.own(catalogue) : BudgetFile.read(file, catalogue);
    List<Budget> budgets =
        all.stream()
            .filter(
                budget -> chosen.test(budget.path()) || chosen.test(budget.subject().benchmark()))
            .toList();
    if (budgets.isEmpty()) {
      throw new InvalidInputException(
          "no path has such a name; there are " + all.stream().map(Budget::path).toList());
    }
    return new Guard(Plan.of(all, budgets, rounds, iterationMillis));
  }

  /**
   * Measures and judges. What fails in one JVM is measured in a second one, where the second
   * verdict counts: in one start out of many the compiler boxes the vectors of a loop that it
   * otherwise keeps in registers.
   *
   * @param err receives what the measuring JVM said, where it fails
   * @throws IllegalStateException if it fails
   */
  public Judgement judge(PrintWriter err, Progress progress)
      throws IOException, InterruptedException {
    Findings findings = measure(plan, err, progress);
    List<PathVerdict> verdicts = new ArrayList<>(findings.verdicts(plan.budgets()));
    List<PathVerdict> failed = verdicts.stream().filter(verdict -> !verdict.passed()).toList();
    if (!failed.isEmpty()) {
      Plan rest = plan.only(failed.stream().map(PathVerdict::budget).toList());
      List<PathVerdict> second = measure(rest, err, progress).verdicts(rest.budgets());
      for (int i = 0; i < failed.size(); i++) {
        verdicts.set(verdicts.indexOf(failed.get(i)), second.get(i).inSecondJvm());
      }
    }
    return new Judgement(findings.description(), verdicts, failed);
  }

  private static Findings measure(Plan plan, PrintWriter err, Progress progress)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true);
    // Not as an argument, which would be too long for other programs to see which JVM this is.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.start();
    Thread end = new Thread(process::destroyForcibly, "guard-end");
    Runtime.getRuntime().addShutdownHook(end);
    Deque<String> said = new ArrayDeque<>();
    Findings findings = null;
    // Its stdin stays open as long as this JVM lives, which is how it knows.
    try (Writer plans = process.outputWriter(StandardCharsets.UTF_8);
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      send(plan, plans);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(Wire.PROGRESS)) {
          String[] counts = line.substring(Wire.PROGRESS.length()).split(" ", -1);
          progress.scored(Long.parseLong(counts[0]), Long.parseLong(counts[1]));
        } else if (line.startsWith(Wire.FINDINGS)) {
          findings = Wire.read(line.substring(Wire.FINDINGS.length()), Findings.class);
        } else {
          said.add(line);
          if (said.size() > LAST_LINES) {
            said.remove();
          }
        }
      }
    } finally {
      process.destroyForcibly();
    }
    int code = process.waitFor();
    if (isEnding(end) || code == INTERRUPTED) {
      throw new CancellationException("the guard was interrupted");
    }
    if (findings == null) {
      said.forEach(err::println);
      throw new IllegalStateException(
          "the JVM in which the paths are measured ended with " + code + " and without a result");
    }
    return findings;
  }

  /** A JVM that does not start reads no plan; why, it says itself. */
  private static void send(Plan plan, Writer plans) throws JsonProcessingException {
    String line = Wire.write(plan) + "\n";
    try {
      plans.write(line);
      plans.flush();
    } catch (IOException e) {
      LOG.debug("the measuring JVM took no plan", e);
    }
  }

  /** Takes the hook back; whether this JVM is ending, so that it is too late for that. */
  private static boolean isEnding(Thread hook) {
    try {
      return !Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments();
    command.addAll(options);
    if (options.stream().noneMatch(option -> option.startsWith(UNSAFE))) {
      command.add(UNSAFE + "allow");
    }
    // Others may measure at the same time: ratios bear that, and waiting for them might last hours.
    command.add("-Djmh.ignoreLock=true");
    // As in JMH's own forks: which methods of a benchmark are not to be inlined.
    CompilerHints.addCompilerHints(command);
    command.add(GuardedJvm.class.getName());
    return command;
  }
}
