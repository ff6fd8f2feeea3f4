package dev.quicklime.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ClassExplanation;
import dev.quicklime.Environment;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.cli.options.ExplainWords;
import dev.quicklime.cli.options.Settings;
import dev.quicklime.run.Progress;
import dev.quicklime.scenes.Bundled;
import dev.quicklime.spark.doctor.SparkDoctor;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Serial;
import java.io.Serializable;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Executors that are processes of their own, which begin at once with an empty folder of unpacked
 * native code, and without any option for the JVM but the one that names this folder.
 */
class ExecutorsTest {

  private static final int PICTURES = 40;
  private static final Set<Integer> BROKEN = Set.of(3, 17, 31);
  private static final Map<String, String> OPTIONS =
      Map.of(
          "samples", "30", "tiles", "4x4", "surrogate", "ridge", "top", "2", "precision", "fp32");
  private static final String[] NUMBERS = {
    "path",
    "rank",
    "class",
    "score",
    "intercept",
    "r2",
    "coefficients",
    "margins",
    "superpixels",
    "content",
    "error"
  };

  /** What a task tells of its process. */
  private record Told(
      String executor,
      long process,
      String cache,
      ArrayList<String> advice,
      int vectorBits,
      int threads,
      String asked)
      implements Serializable {

    @Serial private static final long serialVersionUID = 1;

    static Told here() throws InterruptedException {
      // Long enough for the other executor to take one of the others.
      Thread.sleep(200);
      return new Told(
          SparkEnv.get().executorId(),
          ProcessHandle.current().pid(),
          Environment.nativeCache().toString(),
          new ArrayList<>(Environment.advice()),
          Environment.vectorBits(),
          Environment.threads(),
          String.valueOf(System.getenv("OMP_NUM_THREADS")));
    }
  }

  @TempDir static Path folder;

  private static SparkSession spark;
  private static Path cache;

  /** Of the first job. */
  private static List<Row> rows;

  /** Executors that ran tasks. */
  private static final Set<String> WORKED = ConcurrentHashMap.newKeySet();

  @BeforeAll
  static void start() throws IOException {
    cache = Files.createDirectory(folder.resolve("natives"));
    write(Files.createDirectory(folder.resolve("pictures")));
    spark =
        ClusterSpark.builder(folder)
            .config("spark.executor.extraClassPath", ClusterSpark.ours())
            .config("spark.executor.extraJavaOptions", "-Dorg.bytedeco.javacpp.cachedir=" + cache)
            // Compilers of queries take longer than these queries.
            .config("spark.sql.codegen.wholeStage", false)
            .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            // Two pictures a task.
            .config("spark.sql.files.openCostInBytes", 64L << 20)
            .getOrCreate();
    spark.sparkContext().addSparkListener(new Workers());
    rows = sorted(explained().collectAsList());
  }

  @AfterAll
  static void stop() {
    if (spark != null) {
      spark.stop();
    }
  }

  private static final class Workers extends SparkListener {
    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      WORKED.add(end.taskInfo().executorId());
    }
  }

  /** The bundled pictures, smaller, each time with another first pixel; and some that are none. */
  private static void write(Path pictures) throws IOException {
    List<Path> bundled = Bundled.pictures();
    for (int i = 0; i < PICTURES; i++) {
      Path file = pictures.resolve("%s.png".formatted(100 + i));
      if (BROKEN.contains(i)) {
        Files.writeString(file, "no picture " + i);
        continue;
      }
      BufferedImage large = ImageIO.read(bundled.get(i % bundled.size()).toFile());
      BufferedImage small = new BufferedImage(80, 72, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = small.createGraphics();
      graphics.drawImage(large, 0, 0, 80, 72, null);
      graphics.dispose();
      small.setRGB(0, 0, i);
      ImageIO.write(small, "png", file.toFile());
    }
  }

  private static Dataset<Row> explained() {
    return QuicklimeSpark.explain(
            spark.read().format("binaryFile").load(folder.resolve("pictures").toString()), OPTIONS)
        .selectExpr(NUMBERS);
  }

  private static List<Row> sorted(List<Row> rows) {
    return rows.stream()
        .sorted(
            Comparator.comparing((Row row) -> row.getString(0))
                .thenComparingInt(row -> row.isNullAt(1) ? -1 : row.getInt(1)))
        .toList();
  }

  /** What both executors tell, by their ids. */
  private static Map<String, Told> executors() {
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    Map<String, Told> told = new TreeMap<>();
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (told.size() < 2 && System.nanoTime() < end) {
      List<Integer> tasks = IntStream.range(0, 4).boxed().toList();
      context
          .parallelize(tasks, tasks.size())
          .map(_ -> Told.here())
          .collect()
          .forEach(one -> told.put(one.executor(), one));
    }
    assertEquals(2, told.size(), told.toString());
    return told;
  }

  /** Of every second picture: one process takes as long as two. */
  @Test
  void shouldEqualOneProcessToTheBit() {
    Settings.Chosen chosen =
        ExplainWords.choose(
            List.of(
                "--samples=30",
                "--threads=1",
                "--precision=fp32",
                // A job takes that of the size; a process may remember another one as the fastest.
                "--batch=64",
                "--tiles=4x4",
                "--surrogate=ridge",
                "--top=2",
                "--seed=content"));
    Map<String, List<Object>> expected = new TreeMap<>();
    try (Explainer explainer = chosen.open()) {
      for (int i = 0; i < PICTURES; i += 2) {
        String name = "%s.png".formatted(100 + i);
        Path picture = folder.resolve("pictures").resolve(name);
        Explanation one = explainer.explain(picture, chosen.optionsOf(picture), Progress.none());
        for (int rank = 0; rank < one.classes().size(); rank++) {
          ClassExplanation explained = one.classes().get(rank);
          expected.put(
              name + " " + rank,
              List.of(
                  explained.scored().index(),
                  explained.scored().score(),
                  explained.fit().intercept(),
                  explained.fit().coefficients()));
        }
      }
    }
    Map<String, List<Object>> found = new TreeMap<>();
    for (Row row : rows) {
      String name = row.getString(0).replaceFirst(".*/", "") + " " + row.get(1);
      if (expected.containsKey(name)) {
        found.put(
            name,
            List.of(row.getInt(2), row.getDouble(3), row.getDouble(4), row.<Double>getList(6)));
      }
    }
    assertEquals(PICTURES, expected.size());
    assertEquals(expected, found);
    assertTrue(WORKED.size() >= 2, "executors at work: " + WORKED);
  }

  @Test
  void shouldGiveARowForEachBrokenPicture() {
    List<Row> broken = rows.stream().filter(row -> !row.isNullAt(10)).toList();
    assertEquals(BROKEN.size(), broken.size());
    for (Row row : broken) {
      assertTrue(row.getString(0).matches(".*/1(03|17|31)\\.png"), row.getString(0));
      assertTrue(row.getString(10).contains("must be"), row.getString(10));
    }
    assertEquals(2 * (PICTURES - BROKEN.size()), rows.size() - broken.size());
  }

  @Test
  void shouldUnpackNativeCodeInSeveralProcessesAtOnce() throws IOException {
    Set<Long> processes = new TreeSet<>();
    for (Told one : executors().values()) {
      assertEquals(cache.toString(), one.cache());
      processes.add(one.process());
    }
    assertEquals(2, processes.size(), "processes " + processes);
    try (Stream<Path> unpacked = Files.walk(cache)) {
      assertTrue(
          unpacked.anyMatch(file -> String.valueOf(file.getFileName()).startsWith("libtorch")));
    }
  }

  @Test
  void shouldNeedNoOptionForTheJvmBesideThoseOfSpark() {
    for (Told one : executors().values()) {
      assertEquals(List.of(), one.advice());
      assertEquals(Environment.vectorBits(), one.vectorBits());
    }
  }

  @Test
  void shouldHaveTheThreadsThatSparkGivesATask() {
    for (Told one : executors().values()) {
      assertEquals("1", one.asked());
      assertEquals(1, one.threads());
    }
  }

  @Test
  void shouldExamineEveryExecutor() {
    StringWriter out = new StringWriter();
    CommandLine doctor = new CommandLine(new SparkDoctor(spark.sparkContext()));
    doctor.setOut(new PrintWriter(out));
    int code = doctor.execute("--wait", "120");
    String text = out.toString();
    assertEquals(0, code, text);
    assertTrue(text.contains("driver, "), text);
    for (String executor : executors().keySet()) {
      assertTrue(text.contains("executor " + executor + ", "), text);
    }
    assertTrue(text.contains("Nothing is missing. Executors: 2."), text);
  }

  /** Its pictures are explained by others, once. */
  @Test
  void shouldGiveTheSameRowsWhereAnExecutorIsKilled() throws Exception {
    Map<String, Told> before = executors();
    Told victim = before.values().iterator().next();
    Set<Integer> stages = ConcurrentHashMap.newKeySet();
    CountDownLatch begun = new CountDownLatch(4);
    CountDownLatch lost = new CountDownLatch(1);
    spark
        .sparkContext()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onJobStart(SparkListenerJobStart start) {
                if ("killed".equals(start.properties().getProperty("spark.jobGroup.id"))) {
                  start.stageIds().foreach(stage -> stages.add((Integer) stage));
                }
              }

              @Override
              public void onTaskEnd(SparkListenerTaskEnd end) {
                if (stages.contains(end.stageId())) {
                  begun.countDown();
                }
              }

              @Override
              public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
                if (removed.executorId().equals(victim.executor())) {
                  lost.countDown();
                }
              }
            });
    try (ExecutorService beside = Executors.newSingleThreadExecutor()) {
      Future<List<Row>> again =
          beside.submit(
              () -> {
                spark.sparkContext().setJobGroup("killed", "loses an executor", false);
                return explained().collectAsList();
              });
      assertTrue(begun.await(2, TimeUnit.MINUTES), "the job has not begun");
      ProcessHandle.of(victim.process()).orElseThrow().destroyForcibly();
      List<Row> found = again.get(5, TimeUnit.MINUTES);
      assertTrue(lost.await(2, TimeUnit.MINUTES), "the executor is still there");
      assertEquals(rows, sorted(found));
    }
    // Spark starts another.
    assertNotEquals(before.keySet(), executors().keySet());
  }
}
