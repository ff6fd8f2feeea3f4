package dev.quicklime.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code samples/quicklime-spark}, with a spark-submit that prints what it is given. */
class SubmitScriptTest {

  private static final String JOB = "dev.quicklime.spark.job.SparkMain";

  @TempDir Path folder;

  private Path root;
  private Path launch;
  private Path jar;
  private Path one;
  private Path other;

  @BeforeEach
  void build() throws IOException {
    Path repository = Path.of("").toAbsolutePath();
    while (!Files.exists(repository.resolve("samples/quicklime-spark"))) {
      repository = repository.getParent();
    }
    root = Files.createDirectory(folder.resolve("a checkout")).toRealPath();
    for (String file :
        List.of(
            "samples/quicklime-spark",
            "native-config/src/main/config/jvm.args",
            "native-config/src/main/config/find-jdk.sh")) {
      Files.createDirectories(root.resolve(file).getParent());
      Files.copy(repository.resolve(file), root.resolve(file));
    }
    launch = Files.createDirectories(root.resolve("samples/spark/target/launch"));
    jar = Files.writeString(launch.resolve("quicklime-spark.jar"), "");
    one = Files.writeString(launch.resolve("one.jar"), "");
    other = Files.writeString(launch.resolve("other.jar"), "");
    Files.writeString(launch.resolve("built"), root + "\nlinux-x86_64\n" + jar + "\n");
    Files.writeString(launch.resolve("classpath"), one + ":" + other);
    Path submit = Files.createDirectories(folder.resolve("spark/bin")).resolve("spark-submit");
    Files.writeString(
        submit, "#!/bin/sh\necho \"java $JAVA_HOME\"\nfor word; do echo \"$word\"; done\n");
    Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private record Ran(int code, List<String> out, String err) {

    /** What follows an option. */
    List<String> values(String option) {
      List<String> values = new ArrayList<>();
      for (int i = 0; i < out.size() - 1; i++) {
        if (out.get(i).equals(option)) {
          values.add(out.get(i + 1));
        }
      }
      return values;
    }

    List<String> job(Path jar) {
      return out.subList(out.indexOf(jar.toString()) + 1, out.size());
    }
  }

  private Ran run(Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("bash", root.resolve("samples/quicklime-spark").toString()));
    command.addAll(List.of(words));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder process =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    process.environment().put("JAVA_HOME", System.getProperty("java.home"));
    process.environment().put("SPARK_HOME", folder.resolve("spark").toString());
    process.environment().remove("QUICKLIME_JARS");
    process.environment().putAll(environment);
    int code = process.start().waitFor();
    return new Ran(
        code,
        Files.readAllLines(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  @Test
  void shouldGiveTheSubmitterItsOptionsAndTheJobTheRest() throws Exception {
    Ran ran =
        run(
            Map.of(),
            "--master",
            "yarn",
            "--conf",
            "a=b c",
            "--",
            "explain",
            "--input",
            "a b",
            "--",
            "x");
    assertEquals(0, ran.code(), ran.err());
    assertEquals(List.of("explain", "--input", "a b", "--", "x"), ran.job(jar));
    assertEquals(List.of(JOB), ran.values("--class"));
    assertEquals(List.of("yarn"), ran.values("--master"));
    assertEquals(List.of(one + "," + other), ran.values("--jars"));
    // The user's come last, and count.
    assertEquals("a=b c", ran.values("--conf").getLast());
    assertTrue(ran.out().getFirst().startsWith("java /"), ran.out().getFirst());
  }

  @Test
  void shouldGiveBothKindsOfProcessesTheOptionsOfTheJvm() throws Exception {
    Ran ran = run(Map.of(), "doctor");
    assertEquals(List.of("doctor"), ran.job(jar));
    String driver = ran.values("--driver-java-options").getFirst();
    assertTrue(driver.startsWith("--add-modules=jdk.incubator.vector "), driver);
    assertTrue(driver.contains(" -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 "), driver);
    assertTrue(driver.endsWith(" -Dorg.bytedeco.javacpp.platform.extension="), driver);
    assertFalse(driver.contains("#"), driver);
    assertTrue(
        ran.values("--conf").contains("spark.executor.extraJavaOptions=" + driver),
        ran.out().toString());
  }

  @Test
  void shouldSendNoJarsToWhereTheyAre() throws Exception {
    String all = jar + ":" + one + ":" + other;
    Ran there = run(Map.of("QUICKLIME_JARS", "there"), "--master", "yarn", "--", "doctor");
    assertEquals(List.of(), there.values("--jars"));
    assertEquals(List.of(all), there.values("--driver-class-path"));
    assertTrue(there.values("--conf").contains("spark.executor.extraClassPath=" + all));
    for (String[] master : new String[][] {{"--master", "local[2]"}, {"--master=local"}}) {
      List<String> words = new ArrayList<>(List.of(master));
      words.addAll(List.of("--", "doctor"));
      Ran local = run(Map.of(), words.toArray(String[]::new));
      assertEquals(List.of(), local.values("--jars"));
      assertEquals(List.of(all), local.values("--driver-class-path"));
    }
  }

  @Test
  void shouldSayWhatIsMissing() throws Exception {
    Ran none = run(Map.of("SPARK_HOME", "/nowhere"), "doctor");
    assertEquals(2, none.code());
    assertEquals(
        "quicklime-spark: SPARK_HOME must be a folder of Spark 4, with bin/spark-submit, got"
            + " /nowhere\n",
        none.err());
    Ran path = run(Map.of("SPARK_HOME", "", "PATH", "/usr/bin:/bin"), "doctor");
    assertEquals(2, path.code());
    assertTrue(path.err().contains("found none on PATH: set SPARK_HOME"), path.err());
    Ran jars = run(Map.of("QUICKLIME_JARS", "here"), "doctor");
    assertEquals(2, jars.code());
    assertTrue(jars.err().contains("must be send or there, got here"), jars.err());
    Files.delete(other);
    Ran gone = run(Map.of(), "doctor");
    assertEquals(2, gone.code());
    assertTrue(gone.err().contains(other + " is gone: mvn -pl samples/spark"), gone.err());
    Files.delete(launch.resolve("built"));
    Ran built = run(Map.of(), "doctor");
    assertEquals(2, built.code());
    assertTrue(built.err().contains("must be built first"), built.err());
  }
}
