import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.cli.options.ExplainWords;
import dev.quicklime.cli.options.Settings;
import dev.quicklime.design.ContentSeed;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.run.Progress;
import dev.quicklime.scenes.SceneGenerator;
import dev.quicklime.scenes.model.SceneModel;
import dev.quicklime.spark.job.SparkMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a job costs beside a loop over the engine in one process that is warm, in turns: pictures
 * read, explained and, by the job, written to Parquet.
 */
@Command(name = "overhead.sh", mixinStandardHelpOptions = true)
final class Overhead implements Runnable {

  @Option(names = "--pictures", description = "Scenes that are explained (default: 200).")
  private int pictures = 200;

  @Option(names = "--samples", description = "Samples of each (default: 500).")
  private int samples = 500;

  @Option(names = "--turns", description = "Turns of each (default: 3).")
  private int turns = 3;

  @Option(names = "--most", description = "Fail above this ratio (default: 1.15).")
  private double most = 1.15;

  @Option(
      names = "--only-job",
      description = "Print the seconds of the job alone, by whatever master there is.")
  private boolean onlyJob;

  private static final int WARM = 20;

  private Path folder = Path.of("");

  public static void main(String[] args) {
    System.exit(new CommandLine(new Overhead()).execute(args));
  }

  @Override
  public void run() {
    try {
      folder = Files.createTempDirectory("quicklime-overhead-");
      measure();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      delete(folder);
    }
  }

  private void measure() throws IOException, InterruptedException {
    Path scenes = scenes("scenes", pictures);
    Path few = scenes("few", Math.min(pictures, WARM));
    String master = System.getProperty("spark.master", "local[2]");
    try (Sessions opened = Sessions.open(master)) {
      SparkSession session = opened.session();
      // What a session does once, and what is compiled on the way, is the first job's.
      double first = job(few, "first");
      System.out.printf(
          Locale.ROOT, "%s: first job, of %d pictures, %.2f s%n", master, WARM, first);
      if (onlyJob) {
        double[] jobs = new double[turns];
        for (int turn = 0; turn < turns; turn++) {
          jobs[turn] = job(scenes, "turn-" + turn);
        }
        System.out.printf(
            Locale.ROOT,
            "%s: job %.2f s, %.1f pictures a second (median of %d)%n",
            master,
            median(jobs),
            pictures / median(jobs),
            turns);
        return;
      }
      compare(session, scenes, few, master);
    }
  }

  private Path scenes(String name, int count) throws IOException {
    Path into = Files.createDirectory(folder.resolve(name));
    SceneGenerator generator = new SceneGenerator(7, SceneModel.SIDE, SceneModel.SIDE);
    for (int i = 0; i < count; i++) {
      ImageFiles.writePng(generator.scene(i).image(), into.resolve("scene-" + i + ".png"));
    }
    return into;
  }

  private void compare(SparkSession session, Path scenes, Path few, String master)
      throws IOException, InterruptedException {
    int cores = session.sparkContext().defaultParallelism();
    Settings.Chosen chosen = chosen(cores);
    double[] alone = new double[turns];
    double[] shared = new double[turns];
    double[] jobs = new double[turns];
    try (Explainer explainer = chosen.open()) {
      loop(explainer, chosen.options(), few, cores);
      loop(explainer, chosen.options(), few, 1);
      for (int turn = 0; turn < turns; turn++) {
        shared[turn] = loop(explainer, chosen.options(), scenes, cores);
        jobs[turn] = job(scenes, "turn-" + turn);
        alone[turn] = loop(explainer, chosen.options(), scenes, 1);
      }
    }
    double best = Math.min(median(shared), median(alone));
    System.out.printf(
        Locale.ROOT,
        "%d pictures of %d samples, median of %d turns%n"
            + "  loop, %d threads that explain       %7.2f s%n"
            + "  loop, one thread that explains     %7.2f s%n"
            + "  job, %-29s %7.2f s, %.1f pictures a second%n"
            + "  job against the faster loop        %7.3f%n",
        pictures,
        samples,
        turns,
        cores,
        median(shared),
        median(alone),
        master,
        median(jobs),
        pictures / median(jobs),
        median(jobs) / best);
    if (median(jobs) / best > most) {
      throw new IllegalStateException("the job must take at most " + most + " of the loop's time");
    }
  }

  private Settings.Chosen chosen(int threads) {
    return ExplainWords.choose(
        List.of(
            "--samples=" + samples,
            "--seed=content",
            "--threads=" + threads,
            "--batch=16",
            "--precision=fp32"));
  }

  private static double loop(Explainer explainer, ExplainOptions options, Path scenes, int threads)
      throws IOException, InterruptedException {
    List<Path> files;
    try (Stream<Path> all = Files.list(scenes)) {
      files = all.sorted().toList();
    }
    AtomicInteger next = new AtomicInteger();
    long start = System.nanoTime();
    List<Thread> workers = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      workers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = next.getAndIncrement();
                        i < files.size();
                        i = next.getAndIncrement()) {
                      explain(explainer, options, files.get(i));
                    }
                  }));
    }
    for (Thread worker : workers) {
      worker.join();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static void explain(Explainer explainer, ExplainOptions options, Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      Image picture = Image.decode(bytes, options.limits());
      explainer.explain(picture, options.withSeed(ContentSeed.of(bytes)), Progress.none());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private double job(Path scenes, String name) {
    long start = System.nanoTime();
    int code =
        SparkMain.commandLine()
            .execute(
                "explain",
                "--input",
                scenes.toUri().toString(),
                "--output",
                folder.resolve(name).toUri().toString(),
                "--samples",
                String.valueOf(samples),
                "--precision",
                "fp32",
                "--batch",
                "16");
    if (code != 0) {
      throw new IllegalStateException("the job ended with " + code);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted((a, b) -> b.compareTo(a)).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      System.err.println("left " + folder + ": " + e);
    }
  }
}
