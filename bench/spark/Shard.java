import dev.quicklime.ClassExplanation;
import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.cli.options.ExplainWords;
import dev.quicklime.cli.options.Settings;
import dev.quicklime.image.Image;
import dev.quicklime.run.Progress;
import dev.quicklime.scenes.Bundled;
import dev.quicklime.spark.executor.ExplainSpec;
import dev.quicklime.spark.run.RunPlanner;
import dev.quicklime.spark.shard.ShardedRun;
import dev.quicklime.surrogate.Intervals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One picture's samples over executors, beside one process: memory of driver and executors at their
 * peak, seconds, and how far the results are from each other.
 */
@Command(name = "shard.sh", mixinStandardHelpOptions = true)
final class Shard implements Runnable {

  @Option(names = "--samples", description = "Samples (default: 1000000).")
  private int samples = 1_000_000;

  @Option(names = "--surrogate", description = "What is fitted (default: ridge).")
  private String surrogate = "ridge";

  @Option(names = "--model", description = "A model file (default: the bundled model).")
  private String model = "";

  @Option(
      names = "--size",
      description =
          "Side of the model's input, small so that a million is soon done (default: 32).")
  private int size = 32;

  @Option(names = "--far", description = "Fail where results differ by more (default: 1e-9).")
  private double far = 1e-9;

  public static void main(String[] args) {
    System.exit(new CommandLine(new Shard()).execute(args));
  }

  @Override
  public void run() {
    try {
      compare(Files.readAllBytes(Bundled.pictures().getFirst()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void compare(byte[] picture) {
    List<String> words = new ArrayList<>();
    if (!model.isEmpty()) {
      words.add("--model=" + Path.of(model).toAbsolutePath());
    }
    words.addAll(
        List.of(
            "--samples=" + samples,
            "--size=" + size,
            "--surrogate=" + surrogate,
            "--seed=content",
            "--precision=fp32",
            "--batch=32",
            "--threads=1"));
    String master = System.getProperty("spark.master", "local-cluster[2,1,2048]");
    try (Sessions opened = Sessions.open(master)) {
      SparkSession session = opened.session();
      JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
      ExplainSpec spec = new RunPlanner(session.sparkContext()).plan(words, Optional::empty);
      long start = System.nanoTime();
      List<ClassExplanation> sharded = new ShardedRun(context, spec, 0).explain(picture).classes();
      double seconds = (System.nanoTime() - start) / 1e9;
      long driver = peak();
      List<Long> executors = executors(context);
      System.out.printf(
          Locale.ROOT,
          "%s, %d samples: %.1f s; peak of the driver %d MiB, of executors %s MiB%n",
          master,
          samples,
          seconds,
          driver,
          executors);
      start = System.nanoTime();
      List<ClassExplanation> whole = whole(words, picture);
      System.out.printf(
          Locale.ROOT,
          "one process: %.1f s; peak %d MiB, driver and Spark included%n",
          (System.nanoTime() - start) / 1e9,
          peak());
      double off = off(whole, sharded);
      System.out.printf(Locale.ROOT, "largest difference, of the largest coefficient: %.1e%n", off);
      if (!(off <= far)) {
        throw new IllegalStateException("results must differ by at most " + far);
      }
    }
  }

  private static List<ClassExplanation> whole(List<String> words, byte[] picture) {
    Settings.Chosen chosen = ExplainWords.choose(words);
    ExplainOptions options =
        chosen.options().withSeed(dev.quicklime.design.ContentSeed.of(picture));
    try (Explainer explainer = chosen.open()) {
      return explainer
          .explain(Image.decode(picture, options.limits()), options, Progress.none())
          .classes();
    }
  }

  /** What each executor took at most. */
  private static List<Long> executors(JavaSparkContext context) {
    List<Integer> many = IntStream.range(0, 64).boxed().toList();
    return context
        .parallelize(many, many.size())
        .map(
            i -> {
              Thread.sleep(50);
              return ProcessHandle.current().pid() + " " + peak();
            })
        .collect()
        .stream()
        .map(answer -> answer.split(" "))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> Long.valueOf(pair[1]), Math::max, TreeMap::new))
        .values()
        .stream()
        .toList();
  }

  /** The largest resident memory that this process has had, in MiB. */
  private static long peak() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double off(List<ClassExplanation> whole, List<ClassExplanation> sharded) {
    double off = 0;
    for (int c = 0; c < whole.size(); c++) {
      List<Double> a = new ArrayList<>(whole.get(c).fit().coefficients());
      List<Double> b = new ArrayList<>(sharded.get(c).fit().coefficients());
      if (whole.get(c).fit().intervals() instanceof Intervals.Margins margins) {
        a.addAll(margins.halfWidths());
        b.addAll(((Intervals.Margins) sharded.get(c).fit().intervals()).halfWidths());
      }
      double scale = a.stream().mapToDouble(Math::abs).max().orElseThrow();
      for (int j = 0; j < a.size(); j++) {
        off = Math.max(off, Math.abs(a.get(j) - b.get(j)) / scale);
      }
    }
    return off;
  }
}
