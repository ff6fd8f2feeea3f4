package dev.quicklime.spark.run;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.InvalidInputException;
import dev.quicklime.Versions;
import dev.quicklime.cli.options.ExplainWords;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.image.Image;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.Precision;
import dev.quicklime.run.Progress;
import dev.quicklime.spark.executor.ExplainSpec;
import dev.quicklime.spark.executor.Explainers;
import dev.quicklime.spark.result.PictureFunction;
import dev.quicklime.spark.shipping.FileShipping;
import dev.quicklime.spark.shipping.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes of options what every process of an application can open, and decides on the driver what
 * processes could otherwise decide differently: the number format, by the first picture, as the
 * command line does; the batch, by the size of the input instead of by measuring; and the threads
 * of a forward pass, which are the cores of an executor, as its tasks' forward passes take turns.
 */
public final class RunPlanner {

  private static final Logger LOG = LoggerFactory.getLogger(RunPlanner.class);

  /** Options whose values are files. */
  private static final List<String> FILES = List.of("--model", "--labels", "--label-map");

  private static final String THREADS = "--threads";
  private static final String SEED = "--seed";
  private static final String CONTENT = "content";

  /** More samples tell nothing more of a number format. */
  private static final int LOOK = 64;

  /** Executors of one machine, of as many cores as the second number says. */
  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[\\s*\\d+\\s*,\\s*(\\d+)\\s*,.*");

  private final SparkContext context;
  private final FileShipping shipping;

  /**
   * Plans runs of an application.
   *
   * @param context of the application
   */
  public RunPlanner(SparkContext context) {
    this.context = Objects.requireNonNull(context, "context");
    shipping = new FileShipping(context);
  }

  /**
   * Plans a run.
   *
   * @param words options of {@code explain}; {@code --seed content} unless they have a seed
   * @param first the bytes of a picture that number formats are compared on, where they are left
   *     open; asked for once at most, and nothing where there is no picture
   * @throws InvalidInputException if an option is wrong
   */
  public ExplainSpec plan(List<String> words, Supplier<Optional<byte[]>> first) {
    Objects.requireNonNull(words, "words");
    Objects.requireNonNull(first, "first");
    List<String> plain = new ArrayList<>();
    Map<String, String> located = new LinkedHashMap<>();
    for (String word : words) {
      String option = word.substring(0, Math.max(0, word.indexOf('=')));
      String value = word.substring(word.indexOf('=') + 1);
      if (FILES.contains(option) && !isWord(option, value)) {
        located.put(option, value);
      } else {
        plain.add(word);
      }
    }
    if (plain.stream().noneMatch(word -> word.startsWith(SEED + "="))) {
      plain.add(SEED + "=" + CONTENT);
    }
    // Wrong options are told before anything is shipped.
    ExplainWords.choose(with(plain, located));
    FileShipping.Shipped shipped = shipping.ship(located);
    ModelOptions model = new ExplainSpec(plain, shipped.files(), "").choose().modelOptions();
    decide(plain, "--batch", model.batchOrDefault(false));
    decide(plain, THREADS, model.threads() > 0 ? model.threads() : cores());
    if (model.precision() == Precision.AUTO) {
      decide(plain, "--precision", precision(new ExplainSpec(plain, shipped.files(), ""), first));
    }
    return new ExplainSpec(plain, shipped.files(), run(plain, shipped.digest()));
  }

  /**
   * The file of this process that an option's value means, fetched where it lies elsewhere.
   *
   * @param option that takes the value
   * @param location a path, or the URI of one
   * @throws InvalidInputException if it cannot be fetched
   */
  public Path local(String option, String location) {
    return shipping.local(option, location);
  }

  /** {@code imagenet} and {@code none} are names, unless files are called so. */
  private boolean isWord(String option, String value) {
    return option.equals("--labels")
        && Set.of("imagenet", "none").contains(value)
        && !Files.exists(shipping.local(option, value));
  }

  private List<String> with(List<String> plain, Map<String, String> located) {
    List<String> all = new ArrayList<>(plain);
    located.forEach((option, location) -> all.add(option + "=" + shipping.local(option, location)));
    return all;
  }

  private static void decide(List<String> words, String option, Object value) {
    words.removeIf(word -> word.startsWith(option + "="));
    words.add(option + "=" + value);
  }

  /**
   * Cores of an executor, as far as the configuration tells: what executors have in fact depends on
   * which are there by now, and numbers must not.
   */
  private int cores() {
    if (context.isLocal()) {
      return context.defaultParallelism();
    }
    int taskCpus = context.getConf().getInt("spark.task.cpus", 1);
    Matcher onOneMachine = LOCAL_CLUSTER.matcher(context.master());
    int usual = onOneMachine.matches() ? Integer.parseInt(onOneMachine.group(1)) : taskCpus;
    return Math.max(taskCpus, context.getConf().getInt("spark.executor.cores", usual));
  }

  private static String precision(ExplainSpec open, Supplier<Optional<byte[]>> first) {
    try (Explainers.Lease lease = Explainers.lease(open)) {
      first.get().ifPresent(file -> look(lease, file));
      Explainer explainer = lease.explainer();
      String precision = explainer.classifier().info().precision().toLowerCase(Locale.ROOT);
      LOG.info("executors compute in {}, as the driver has decided", precision);
      return precision.equals("bf16") ? "bf16" : "fp32";
    } finally {
      // What was open for this decision alone would keep a second model in memory.
      Explainers.discard(open);
    }
  }

  /** Explains a little of a picture, which settles what was left open. */
  private static void look(Explainers.Lease lease, byte[] file) {
    ExplainOptions options = PictureFunction.options(lease, Sha256.of(file));
    try {
      Image picture = Image.decode(file, options.limits());
      int samples =
          options.design() instanceof Exhaustive
              ? options.samples()
              : Math.min(LOOK, options.samples());
      lease
          .explainer()
          .explain(
              picture, options.withSamples(samples).withStop(0).withStopError(0), Progress.none());
    } catch (InvalidInputException e) {
      LOG.info("the first picture could not be explained, and decides nothing: {}", e.getMessage());
    }
  }

  /** A name for a model with options; numbers do not depend on how many threads compute them. */
  private static String run(List<String> words, String files) {
    String all =
        words.stream()
                .filter(word -> !word.startsWith(THREADS + "="))
                .sorted()
                .collect(Collectors.joining("\n"))
            + "\n"
            + files
            + "\n"
            + Versions.quicklime();
    byte[] digest = Sha256.of(all.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, 8);
  }
}
