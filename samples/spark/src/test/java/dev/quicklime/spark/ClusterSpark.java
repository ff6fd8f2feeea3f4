package dev.quicklime.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Assumptions;

/**
 * Sessions whose tasks run in other processes, as on a cluster: Spark starts them from a folder of
 * its jars, {@code SPARK_HOME}, which the build names and this fills with those of the class path.
 */
final class ClusterSpark {

  /** What is Quicklime's and no Spark has. */
  private static final Pattern OURS =
      Pattern.compile("(quicklime|javacpp|opencv|openblas|pytorch|onnxruntime|picocli)-.*\\.jar");

  private static final Pattern VERSION = Pattern.compile("-\\d.*\\.jar");

  private ClusterSpark() {}

  /** A builder of sessions with two executors of one core each. */
  static SparkSession.Builder builder(Path folder) throws IOException {
    String home = System.getenv("SPARK_HOME");
    Assumptions.assumeTrue(
        home != null && System.getenv("SPARK_SCALA_VERSION") != null,
        "executors need SPARK_HOME and SPARK_SCALA_VERSION in the environment, as the build sets"
            + " them");
    fill(Path.of(home));
    return SparkSession.builder()
        .master("local-cluster[2,1,2048]")
        .appName("quicklime")
        .config("spark.ui.enabled", false)
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
        .config("spark.local.dir", folder.resolve("scratch").toString())
        .config("spark.sql.shuffle.partitions", 2)
        .config("spark.executor.memory", "1g")
        .config("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"))
        // Otherwise the executor that comes first does all of a small job.
        .config("spark.scheduler.minRegisteredResourcesRatio", "1.0")
        .config("spark.scheduler.maxRegisteredResourcesWaitingTime", "180s");
  }

  /** The class path of Quicklime and of these tests. */
  static String ours() {
    return String.join(
        File.pathSeparator,
        entries().stream()
            .filter(entry -> Files.isDirectory(entry) || isOurs(entry))
            .map(Path::toString)
            .toList());
  }

  static List<Path> jars() {
    return entries().stream().filter(ClusterSpark::isOurs).toList();
  }

  static List<Path> folders() {
    return entries().stream().filter(Files::isDirectory).toList();
  }

  private static boolean isOurs(Path entry) {
    return OURS.matcher(String.valueOf(entry.getFileName())).matches();
  }

  private static List<Path> entries() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(Path::of)
        .filter(Files::exists)
        .toList();
  }

  private static void fill(Path home) throws IOException {
    Path jars = Files.createDirectories(home.resolve("jars"));
    try (Stream<Path> old = Files.list(jars)) {
      for (Path link : old.toList()) {
        Files.delete(link);
      }
    }
    // Of several versions the first counts, as on the class path.
    Map<String, Path> spark = new LinkedHashMap<>();
    for (Path entry : new ArrayList<>(entries())) {
      String name = String.valueOf(entry.getFileName());
      if (name.endsWith(".jar") && !isOurs(entry)) {
        spark.putIfAbsent(VERSION.matcher(name).replaceFirst(""), entry.toAbsolutePath());
      }
    }
    for (Path jar : spark.values()) {
      Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
    }
  }
}
