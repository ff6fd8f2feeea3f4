package dev.quicklime.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.cli.profile.ProfileCommand;
import dev.quicklime.cli.run.Failures;
import dev.quicklime.scenes.Bundled;
import dev.quicklime.spark.profile.ProfileJob;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Profiles of the bundled model by two threads of Spark, beside those of the command. */
class ProfileJobTest {

  private static final List<String> OPTIONS =
      List.of(
          "--tiles=4x4",
          "--precision=fp32",
          "--batch=16",
          "--threads=1",
          "--samples=20,40",
          "--designs=bernoulli,hadamard",
          "--seeds=2",
          "--reference=600",
          "--held-out=100",
          "--curves=1");

  /** Ranges of a picture with these options: of one law's two halves, and of the unseen. */
  private static final int RANGES = 2 * 2 + 1;

  /** Enough for turns to matter. */
  private static final List<String> PICTURES =
      Bundled.pictures().stream().limit(2).map(Path::toString).toList();

  private static final int SECONDS = 16;

  @TempDir static Path folder;

  private static SparkSession spark;
  private static Path whole = Path.of("");

  private record Ran(int code, String out, String err) {
    List<String> errors() {
      return err.lines().toList();
    }
  }

  @BeforeAll
  static void start() {
    spark = LocalSpark.start(folder);
    whole = folder.resolve("by the command");
    Ran ran = ran(new ProfileCommand(), PICTURES, whole);
    assertEquals(0, ran.code(), ran.err());
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static Ran ran(
      Callable<Integer> command, List<String> pictures, Path out, String... more) {
    List<String> args = new ArrayList<>(pictures);
    if (Arrays.stream(more).noneMatch(given -> given.startsWith("--out="))) {
      args.add("--out=" + out);
    }
    for (String option : OPTIONS) {
      String name = option.substring(0, option.indexOf('=') + 1);
      if (Arrays.stream(more).noneMatch(given -> given.startsWith(name))) {
        args.add(option);
      }
    }
    args.addAll(List.of(more));
    StringWriter printed = new StringWriter();
    StringWriter errors = new StringWriter();
    int code =
        new CommandLine(command)
            .setOut(new PrintWriter(printed))
            .setErr(new PrintWriter(errors))
            .setParameterExceptionHandler(Failures.configured())
            .setExecutionExceptionHandler(Failures.configured())
            .execute(args.toArray(String[]::new));
    return new Ran(code, printed.toString(), errors.toString());
  }

  private static Ran job(List<String> pictures, Path out, String... more) {
    return ran(new ProfileJob(), pictures, out, more);
  }

  private static Path out(String name) {
    return folder.resolve(name);
  }

  /** The results without the seconds that they took. */
  private static List<String> results(Path out) throws IOException {
    return Files.readAllLines(out.resolve("profile.csv")).stream()
        .map(
            line -> {
              List<String> fields = new ArrayList<>(List.of(line.split(",", -1)));
              fields.remove(SECONDS);
              return String.join(",", fields);
            })
        .toList();
  }

  private static List<String> files(Path out) throws IOException {
    try (Stream<Path> files = Files.list(out)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  private static JsonNode json(Path out) throws IOException {
    ObjectNode read =
        new JsonMapper().readValue(out.resolve("profile.json").toFile(), ObjectNode.class);
    read.remove("provenance");
    read.findParents("seconds").forEach(parent -> ((ObjectNode) parent).remove("seconds"));
    return read;
  }

  /** Counts the tasks that end while something runs. */
  private static int tasksOf(Runnable work) throws Exception {
    AtomicInteger tasks = new AtomicInteger();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd end) {
            tasks.incrementAndGet();
          }
        };
    spark.sparkContext().addSparkListener(listener);
    try {
      work.run();
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      spark.sparkContext().removeSparkListener(listener);
    }
    return tasks.get();
  }

  @Test
  void shouldLeaveTheFolderThatTheCommandLeaves() throws IOException {
    Path told = out("whole by the command");
    Ran command = ran(new ProfileCommand(), List.of(), told);
    assertEquals(0, command.code(), command.err());
    Path out = out("whole");
    Ran ran = job(List.of(), out);
    assertEquals(0, ran.code(), ran.err());
    assertEquals(results(told), results(out));
    // For each picture and 2 designs and 2 targets 2 numbers and 2 seeds.
    assertEquals(1 + Bundled.pictures().size() * 16, results(out).size());
    assertEquals(
        -1,
        Files.mismatch(
            told.resolve("profile-reference.csv"), out.resolve("profile-reference.csv")));
    assertEquals(files(told), files(out));
    assertEquals(
        Files.readString(told.resolve("profile-settings.json")),
        Files.readString(out.resolve("profile-settings.json")));
    assertEquals(json(told), json(out));
    for (String file : files(told)) {
      if (file.endsWith(".png") && !file.contains("seconds")) {
        assertEquals(-1, Files.mismatch(told.resolve(file), out.resolve(file)), file);
      }
    }
    assertEquals(
        command.out().replace(told.toString(), out.toString()), ran.out(), "what it comes to");
  }

  @Test
  void shouldComputeOnlyWhatIsMissing() throws Exception {
    Path out = out("parts");
    int pictures = PICTURES.size();
    int first = tasksOf(() -> assertEquals(0, job(PICTURES, out, "--seeds=1").code()));
    assertEquals(1 + pictures * (RANGES + 2), first, "the model, ranges, references and a seed");
    int second = tasksOf(() -> assertEquals(0, job(PICTURES, out).code()));
    assertEquals(1 + pictures * (RANGES + 1), second, "the model, ranges and the other seed");
    assertEquals(new TreeSet<>(results(whole)), new TreeSet<>(results(out)));
    Path csv = out.resolve("profile.csv");
    String text = Files.readString(csv);
    // As if the machine had failed while the last seed was written.
    Files.writeString(csv, text.substring(0, text.length() - 150));
    int last = tasksOf(() -> assertEquals(0, job(PICTURES, out).code()));
    assertEquals(1 + RANGES + 1, last, "the model, and one seed of one picture");
    assertEquals(new TreeSet<>(results(whole)), new TreeSet<>(results(out)));
    String again = Files.readString(csv);
    int none = tasksOf(() -> assertEquals(0, job(PICTURES, out, "--error=0.01").code()));
    assertEquals(1, none, "the model alone");
    assertEquals(again, Files.readString(csv), "with its seconds");
  }

  @Test
  void shouldGoOnWhereTheCommandEnded() throws IOException {
    Path out = out("by both");
    Ran command = ran(new ProfileCommand(), PICTURES, out, "--seeds=1");
    assertEquals(0, command.code(), command.err());
    assertEquals(0, job(PICTURES, out).code());
    assertEquals(new TreeSet<>(results(whole)), new TreeSet<>(results(out)));
    Ran other = job(PICTURES, out, "--fill=black");
    assertEquals(2, other.code());
    assertTrue(other.err().startsWith("quicklime: --out must be a new folder"), other.err());
  }

  @Test
  void shouldLeaveWhatCanBeGoneOnWithWhenItIsInterrupted() throws Exception {
    Path out = out("interrupted");
    List<Ran> ended = new ArrayList<>();
    Thread worker = new Thread(() -> ended.add(job(PICTURES, out)));
    worker.start();
    Path csv = out.resolve("profile.csv");
    Path begun = out.resolve("profile-reference.csv");
    while (worker.isAlive() && !(Files.exists(begun) && Files.readAllLines(begun).size() > 1)) {
      Thread.sleep(20);
    }
    worker.interrupt();
    worker.join();
    assertEquals(Failures.INTERRUPTED, ended.getFirst().code(), ended.getFirst().err());
    assertTrue(ended.getFirst().err().contains("the same command goes on from " + csv));
    assertTrue(results(out).size() < results(whole).size());
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (spark.sparkContext().statusTracker().getActiveJobIds().length > 0) {
      assertTrue(System.nanoTime() < deadline, "the jobs must be cancelled");
      Thread.sleep(20);
    }
    assertEquals(0, job(PICTURES, out).code());
    assertEquals(results(whole), results(out));
  }

  @Test
  void shouldNamePicturesThatCannotBeReadAndDoTheOthers() throws IOException {
    Path broken = folder.resolve("broken.png");
    byte[] good = Files.readAllBytes(Bundled.pictures().getFirst());
    Files.write(broken, Arrays.copyOf(good, good.length / 2));
    List<String> pictures =
        List.of(
            broken.toString(),
            Bundled.pictures().getFirst().toString(),
            folder.resolve("none.png").toString());
    Path out = out("others");
    Ran ran = job(pictures, out, "--seeds=1");
    Path told = out("others by the command");
    Ran command = ran(new ProfileCommand(), pictures, told, "--seeds=1");
    assertEquals(2, ran.code(), ran.err());
    assertEquals(2, ran.errors().size(), ran.err());
    assertEquals(command.errors(), ran.errors());
    assertEquals(results(told), results(out));
    assertTrue(results(out).size() > 1);
  }

  @Test
  void shouldEndByWhatTheModelFailsOf() throws IOException {
    Path labels = folder.resolve("two.txt");
    Files.writeString(labels, "one\ntwo\n");
    Path out = out("failed");
    Ran ran = job(PICTURES, out, "--labels=" + labels);
    assertEquals(2, ran.code(), ran.err());
    assertEquals(1, ran.errors().size(), ran.err());
    assertTrue(ran.err().contains("labels"), ran.err());
    Path wrong = folder.resolve("wrong.pt");
    Files.writeString(wrong, "no model");
    Ran refused = job(PICTURES, out("none"), "--model=" + wrong);
    assertEquals(2, refused.code(), refused.err());
    assertEquals(1, refused.errors().size(), refused.err());
    assertFalse(Files.exists(out("none")));
  }

  @Test
  void shouldDrawScenesWhereTheyAreNeeded() throws IOException {
    String[] scenes = {"--scenes=2", "--seeds=1", "--curves=0", "--stop=0.4", "--top=2"};
    Path out = out("scenes");
    Path told = out("scenes by the command");
    assertEquals(0, job(List.of(), out, scenes).code());
    assertEquals(0, ran(new ProfileCommand(), List.of(), told, scenes).code());
    assertEquals(results(told), results(out));
    assertTrue(results(out).stream().anyMatch(line -> line.startsWith("scene-0002,16,")));
  }

  /** A file system that is this machine's, by another name. */
  public static final class Elsewhere extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("elsewhere:///");
    }

    @Override
    public String getScheme() {
      return "elsewhere";
    }
  }

  @Test
  void shouldReadPicturesAndFilesOfAnyFileSystem() throws IOException {
    spark.sparkContext().hadoopConfiguration().set("fs.elsewhere.impl", Elsewhere.class.getName());
    Path there = Files.createDirectory(folder.resolve("there"));
    for (String name : PICTURES) {
      Path picture = Path.of(name);
      Files.copy(picture, there.resolve(picture.getFileName()));
    }
    Files.writeString(there.resolve("notes.txt"), "no picture");
    Path model = Files.copy(Bundled.model(), folder.resolve("there.pt"));
    Files.copy(Bundled.model().resolveSibling("model.json"), folder.resolve("model.json"));
    Path out = out("elsewhere");
    Ran ran =
        job(
            List.of("elsewhere:" + there),
            out,
            "--model=elsewhere:" + model,
            "--labels=elsewhere:" + Bundled.labels());
    assertEquals(0, ran.code(), ran.err());
    List<String> names =
        PICTURES.stream()
            .map(picture -> "elsewhere:" + there.resolve(Path.of(picture).getFileName()))
            .toList();
    List<String> expected = new ArrayList<>();
    for (String line : results(whole)) {
      for (int i = 0; i < names.size(); i++) {
        // The last column goes up from the results to where the picture is.
        line =
            line.replaceAll("(\\.\\.(/\\.\\.)*)?" + Pattern.quote(PICTURES.get(i)), names.get(i));
      }
      expected.add(line);
    }
    assertEquals(expected, results(out));
    Ran here = job(List.of("file:" + there), out("here"), "--seeds=1", "--curves=0");
    assertEquals(0, here.code(), here.err());
    assertTrue(here.out().contains("1 file skipped"), here.out());
    assertTrue(results(out("here")).stream().anyMatch(line -> line.contains(there + "/")));
    Ran none = job(List.of("elsewhere:" + there + "/none"), out("none"));
    assertEquals(2, none.code());
    assertEquals(1, none.errors().size(), none.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--samples=64,32|counts must rise",
        "--designs=bernoulli,guess|--designs must be",
        "--seeds=0|--seeds must be",
        "--reference=401|reference must be even",
        "--error=0|--error must be",
        "--label-map=none.png|none.png",
        "--batch=many|--batch must be",
        "--scenes=3|--scenes takes the place of pictures",
        "--out=hdfs://there/out|--out must be a folder of the driver's file system",
        "--seed=1|--seed=1"
      })
  void shouldRefuseAWrongOptionInOneLine(String option, String said) {
    Ran ran = job(List.of(Bundled.pictures().getFirst().toString()), out("wrong"), option);
    assertEquals(2, ran.code(), ran.err());
    assertEquals(1, ran.errors().size(), ran.err());
    assertTrue(ran.err().contains(said), ran.err());
    assertFalse(Files.exists(out("wrong")), "nothing is to be left behind");
  }
}
