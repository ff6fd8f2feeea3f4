import com.fasterxml.jackson.databind.JsonNode;
import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.cli.options.ExplainWords;
import dev.quicklime.cli.options.Settings;
import dev.quicklime.files.ExplanationJson;
import dev.quicklime.image.Image;
import dev.quicklime.run.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The engine alone, with the bundled model and the options of the command line. */
final class Bare implements AutoCloseable {

  private final Explainer explainer;
  private final ExplainOptions options;
  private final int threads;

  /**
   * Opens the model.
   *
   * @param threads that explain at once
   * @param args options of {@code explain}
   */
  Bare(int threads, String... args) {
    Settings.Chosen chosen = ExplainWords.choose(List.of(args));
    this.explainer = chosen.open();
    this.options = chosen.options();
    this.threads = threads;
  }

  /** A picture's explanation, as the service has it. */
  JsonNode explain(byte[] file) {
    return ExplanationJson.tree("instances[0]", explained(file));
  }

  private Explanation explained(byte[] file) {
    return explainer.explain(Image.decode(file, options.limits()), options, Progress.none());
  }

  /** How many explanations of pictures, from one on, are made within some time, and in what. */
  Turn run(Pictures pictures, int first, double seconds) throws InterruptedException {
    AtomicInteger next = new AtomicInteger(first);
    AtomicInteger done = new AtomicInteger();
    double cpu = Load.cpuSeconds();
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    List<Thread> workers = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      workers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (System.nanoTime() < end) {
                      explained(pictures.file(next.getAndIncrement() % pictures.count()));
                      done.incrementAndGet();
                    }
                  }));
    }
    for (Thread worker : workers) {
      worker.join();
    }
    return new Turn(done.get(), (System.nanoTime() - start) / 1e9, Load.cpuSeconds() - cpu);
  }

  /**
   * What was done in a turn.
   *
   * @param explanations that were made
   * @param seconds by the clock
   * @param cpu seconds of processors
   */
  record Turn(long explanations, double seconds, double cpu) {}

  @Override
  public void close() {
    explainer.close();
  }
}
