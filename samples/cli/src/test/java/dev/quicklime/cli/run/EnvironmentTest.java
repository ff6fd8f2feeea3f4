package dev.quicklime.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.cli.Models;
import dev.quicklime.cli.Ran;
import dev.quicklime.cli.Results;
import dev.quicklime.cli.TestPictures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a machine may be like: languages, folders that are missing, names of all letters. */
class EnvironmentTest {

  @TempDir private Path folder = Path.of("");

  private String run(String option, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-Ddev.quicklime.cli.terminal=true"));
    command.addAll(Arrays.asList(option.split(" ")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.quicklime.cli.Main"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  private JsonNode explained(Path picture, Path model, String language)
      throws IOException, InterruptedException {
    Path out = folder.resolve(language);
    String said =
        run(
            "-Duser.language=" + language,
            "explain",
            picture.toString(),
            "--model",
            model.toString(),
            "--tiles=3x3",
            "--samples=50",
            "--precision=fp32",
            "--batch=16",
            "--threads=1",
            "--out",
            out.toString());
    assertTrue(said.contains("64 x 48 pixels, 9 superpixels, 50 samples"), said);
    ObjectNode json = (ObjectNode) Results.read(out.resolve("cat/explanation.json"));
    json.remove("timings");
    return json;
  }

  @Test
  void shouldWriteTheSameInEveryLanguage() throws IOException, InterruptedException {
    Path model = Models.save(folder.resolve("m"), Models.MEANS);
    Path picture = TestPictures.write(folder.resolve("cat.png"), 64, 48);
    JsonNode english = explained(picture, model, "en");
    assertEquals("probability", english.get("target").textValue());
    assertEquals("probability", english.get("provenance").get("options").get("target").textValue());
    // Turkish has letters of its own for i, Arabic digits and a decimal mark.
    for (String language : List.of("tr -Duser.country=TR", "ar -Duser.country=EG")) {
      assertEquals(english, explained(picture, model, language), language);
    }
  }

  @Test
  void shouldNeedNoFolderForTemporaryFiles() throws IOException, InterruptedException {
    Path model = Models.save(folder.resolve("m"), Models.MEANS);
    Path picture = TestPictures.write(folder.resolve("cat.png"), 64, 48);
    Path out = folder.resolve("out");
    run(
        "-Djava.io.tmpdir=" + folder.resolve("missing"),
        "explain",
        picture.toString(),
        "--model=" + model,
        "--tiles=3x3",
        "--samples=50",
        "--out=" + out);
    assertTrue(Files.exists(out.resolve("cat/report.html")));
  }

  @Test
  void shouldShowWhatWouldActInNamesAndLabels() throws IOException {
    Path model = Models.save(folder.resolve("m"), Models.MEANS);
    Files.writeString(
        model.resolveSibling("model.json"),
        """
        {"width": 32, "height": 32, "mean": [0, 0, 0], "std": [1, 1, 1],
         "labels": ["red\\u001b[31m", "gr\\u202een", "bl\\nue"]}
        """);
    Path picture = TestPictures.write(folder.resolve("c\u001b[2Jat\n\u2066.png"), 64, 48);
    Path out = folder.resolve("out");
    Ran ran =
        Ran.command(
            "explain",
            picture.toString(),
            "--model=" + model,
            "--tiles=3x3",
            "--samples=50",
            "--out=" + out);
    assertEquals(0, ran.code(), ran.err());
    for (String shown :
        List.of("c\\u001b[2Jat\\n\\u2066.png: 64", "red\\u001b[31m", "gr\\u202een", "bl\\nue")) {
      assertTrue(ran.out().contains(shown), ran.out());
    }
    assertTrue(ran.out().chars().noneMatch(EnvironmentTest::acts), ran.out());
    Path report = out.resolve("c\u001b[2Jat\n\u2066");
    String page = Files.readString(report.resolve("report.html"));
    assertTrue(page.contains("gr\\u202een"));
    assertTrue(page.chars().noneMatch(EnvironmentTest::acts));
    // JSON has them as they are, in its own way.
    JsonNode json = Results.read(report.resolve("explanation.json"));
    assertTrue(json.get("image").textValue().endsWith("c\u001b[2Jat\n\u2066.png"));
    Ran missing = Ran.command("explain", folder.resolve("a\n\u001b[2Jb.png").toString());
    assertEquals(2, missing.code());
    assertEquals(1, missing.errors().size(), missing.err());
    assertTrue(missing.err().contains("a\\n\\u001b[2Jb.png"), missing.err());
  }

  private static boolean acts(int c) {
    return (c != '\n' && Character.isISOControl(c)) || (c >= 0x202a && c <= 0x202e) || c == 0x2066;
  }

  private String localeAfter(Map<String, String> asked) throws IOException, InterruptedException {
    Path script = Path.of("").toAbsolutePath();
    while (!Files.exists(script.resolve("native-config"))) {
      script = Objects.requireNonNull(script.getParent(), "root");
    }
    ProcessBuilder shell =
        new ProcessBuilder(
            "bash",
            "-c",
            "source native-config/src/main/config/utf8-locale.sh; use_utf8_locale;"
                + " printf '%s' \"${LC_ALL:-}\"");
    shell.directory(script.toFile());
    for (String name : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
      shell.environment().remove(name);
    }
    shell.environment().putAll(asked);
    shell.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = shell.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    return said;
  }

  @Test
  void shouldFallBackOnTheLocaleThatIsAlwaysThere() throws IOException, InterruptedException {
    assertEquals("C.UTF-8", localeAfter(Map.of("LC_ALL", "xx_XX.UTF-8")));
    assertEquals("C.UTF-8", localeAfter(Map.of("LANG", "xx_XX.UTF-8")));
    assertEquals("C.UTF-8", localeAfter(Map.of("LANG", "C")));
    assertEquals("C.UTF-8", localeAfter(Map.of()));
    assertEquals("", localeAfter(Map.of("LANG", "C.UTF-8")));
    assertFalse(localeAfter(Map.of("LC_ALL", "C.UTF-8")).isEmpty());
  }
}
