package dev.quicklime.spark.run;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.InvalidInputException;
import dev.quicklime.Versions;
import dev.quicklime.cli.options.Settings;
import dev.quicklime.design.ContentSeed;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.image.Image;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.Precision;
import dev.quicklime.run.Progress;
import dev.quicklime.spark.executor.ExplainSpec;
import dev.quicklime.spark.executor.ExplainWords;
import dev.quicklime.spark.executor.Explainers;
import dev.quicklime.spark.result.PictureFunction;
import dev.quicklime.spark.shipping.FileShipping;
import dev.quicklime.spark.shipping.SharedFile;
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
    ArrayList<SharedFile> files = new ArrayList<>(shipped.files());
    ExplainSpec open = new ExplainSpec(new ArrayList<>(plain), files, "");
    List<String> decided = decided(open.choose());
    if (open.choose().modelOptions().precision() == Precision.AUTO) {
      decided.add("--precision=" + precision(open, decided, first));
    }
    plain.removeIf(word -> decided.stream().anyMatch(one -> sameOption(one, word)));
    plain.addAll(decided);
    return new ExplainSpec(new ArrayList<>(plain), files, run(plain, shipped.digest()));
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

  private static boolean sameOption(String one, String other) {
    return one.substring(0, one.indexOf('=') + 1)
        .equals(other.substring(0, other.indexOf('=') + 1));
  }

  private List<String> decided(Settings.Chosen chosen) {
    ModelOptions model = chosen.modelOptions();
    List<String> decided = new ArrayList<>();
    decided.add("--batch=" + model.batchOrDefault(false));
    decided.add("--threads=" + (model.threads() > 0 ? model.threads() : cores()));
    return decided;
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

  private static String precision(
      ExplainSpec open, List<String> decided, Supplier<Optional<byte[]>> first) {
    List<String> words = new ArrayList<>(open.words());
    words.removeIf(word -> decided.stream().anyMatch(one -> sameOption(one, word)));
    words.addAll(decided);
    ExplainSpec trial = new ExplainSpec(new ArrayList<>(words), open.files(), "");
    try (Explainers.Lease lease = Explainers.lease(trial)) {
      first.get().ifPresent(file -> look(lease, file));
      Explainer explainer = lease.explainer();
      String precision = explainer.classifier().info().precision().toLowerCase(Locale.ROOT);
      LOG.info("executors compute in {}, as the driver has decided", precision);
      return precision.equals("bf16") ? "bf16" : "fp32";
    }
  }

  /** Explains a little of a picture, which settles what was left open. */
  private static void look(Explainers.Lease lease, byte[] file) {
    ExplainOptions options = lease.chosen().options();
    long seed =
        lease.chosen().contentSeed()
            ? ContentSeed.ofDigest(PictureFunction.sha256(file))
            : options.seed();
    try {
      Image picture = Image.decode(file, options.limits());
      int samples =
          options.design() instanceof Exhaustive
              ? options.samples()
              : Math.min(LOOK, options.samples());
      lease
          .explainer()
          .explain(
              picture,
              options.withSeed(seed).withSamples(samples).withStop(0).withStopError(0),
              Progress.none());
    } catch (InvalidInputException e) {
      LOG.info("the first picture could not be explained, and decides nothing: {}", e.getMessage());
    }
  }

  /** A name for a model with options. */
  private static String run(List<String> words, String files) {
    String all =
        String.join("\n", words.stream().sorted().toList())
            + "\n"
            + files
            + "\n"
            + Versions.quicklime();
    byte[] digest = PictureFunction.sha256(all.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, 8);
  }
}
