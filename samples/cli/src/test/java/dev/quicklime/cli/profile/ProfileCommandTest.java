package dev.quicklime.cli.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quicklime.cli.Models;
import dev.quicklime.cli.Ran;
import dev.quicklime.cli.Results;
import dev.quicklime.cli.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Profiles of a model whose logits are additive in the pixels, so that linear fits are exact. */
class ProfileCommandTest {

  private static final int ERROR = 8;
  private static final int SECONDS = 16;

  @TempDir Path folder;
  private Path model = Path.of("");
  private Path picture = Path.of("");

  @BeforeEach
  void save() throws IOException {
    model = Models.save(folder.resolve("m"), Models.MEANS);
    picture = TestPictures.write(folder.resolve("cat.png"), 32, 32);
  }

  private Path out(String name) {
    return folder.resolve(name);
  }

  private Ran profile(Path out, String... more) {
    return profileOf(List.of(picture), out, more);
  }

  private Ran profileOf(List<Path> pictures, Path out, String... more) {
    List<String> args = new ArrayList<>(List.of("profile"));
    pictures.forEach(path -> args.add(path.toString()));
    args.add("--out=" + out);
    for (String option :
        List.of(
            "--model=" + model,
            "--tiles=3x3",
            "--precision=fp32",
            "--samples=32,64",
            "--seeds=2",
            "--reference=400",
            "--held-out=50",
            "--designs=bernoulli,hadamard")) {
      String name = option.substring(0, option.indexOf('=') + 1);
      if (List.of(more).stream().noneMatch(given -> given.startsWith(name))) {
        args.add(option);
      }
    }
    args.addAll(List.of(more));
    return Ran.command(args.toArray(String[]::new));
  }

  /** The lines of the results without the seconds that they took. */
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

  @Test
  void shouldFindThatAnAdditiveModelNeedsFewSamples() throws IOException {
    Ran ran = profile(out("o"));
    assertEquals(0, ran.code(), ran.err());
    assertTrue(ran.out().contains("On logits, a relative squared error"), ran.out());
    assertTrue(ran.out().endsWith(out("o").resolve("profile.html") + "\n"), ran.out());
    List<String> lines = results(out("o"));
    // A heading, and for 2 designs × 2 targets 2 numbers × 2 seeds.
    assertEquals(1 + 16, lines.size());
    // References of 2 designs × 2 targets.
    assertEquals(1 + 4, Files.readAllLines(out("o").resolve("profile-reference.csv")).size());
    assertTrue(lines.stream().skip(1).allMatch(line -> line.endsWith(",../cat.png")), "relative");
    int judged = 0;
    for (String line : lines.subList(1, lines.size())) {
      List<String> fields = List.of(line.split(",", -1));
      if (fields.contains("logit")) {
        assertTrue(Double.parseDouble(fields.get(ERROR)) < 1e-6, line);
        judged++;
      }
    }
    assertEquals(8, judged);
    JsonNode json = Results.read(out("o").resolve("profile.json"));
    assertEquals(2, json.get("targets").size());
    assertEquals("model.pt", json.get("provenance").get("model").get("name").textValue());
    assertTrue(Files.readString(out("o").resolve("profile.html")).contains("model.pt"));
    assertTrue(Files.exists(out("o").resolve("probability-deletion.png")));
  }

  @Test
  void shouldTryAStopRule() throws IOException {
    Ran ran = profile(out("o"), "--stop=0.3", "--samples=64,600", "--seeds=3");
    assertEquals(0, ran.code(), ran.err());
    assertTrue(ran.out().contains("stop bound 0.3"), ran.out());
    JsonNode json = Results.read(out("o").resolve("profile.json"));
    for (JsonNode design : json.get("targets").get(1).get("designs")) {
      JsonNode stop = design.get("stop");
      assertEquals(0.3, stop.get("bound").doubleValue());
      assertEquals(3, stop.get("runs").intValue());
      assertEquals(0, stop.get("unmet").intValue());
      double samples = stop.get("samples").get("mean").doubleValue();
      assertTrue(samples >= 18 && samples < 600, () -> "samples " + samples);
      assertEquals(2, design.get("points").size(), "points of the numbers asked for alone");
    }
    String csv = Files.readString(out("o").resolve("profile.csv"));
    assertEquals(0, profile(out("o"), "--stop=0.3", "--samples=64,600", "--seeds=3").code());
    assertEquals(csv, Files.readString(out("o").resolve("profile.csv")), "nothing measured twice");
    assertTrue(Files.readString(out("o").resolve("profile.html")).contains("stop bound 0.3"));
  }

  @Test
  void shouldGoOnWhereAnotherProfileEnded() throws IOException {
    assertEquals(0, profile(out("whole"), "--seeds=3").code());
    assertEquals(0, profile(out("parts"), "--seeds=1").code());
    Path csv = out("parts").resolve("profile.csv");
    Ran ran = profile(out("parts"), "--seeds=3");
    assertEquals(0, ran.code(), ran.err());
    assertEquals(results(out("whole")), results(out("parts")));
    String text = Files.readString(csv);
    // As if the machine had failed while the last seed was written.
    Files.writeString(csv, text.substring(0, text.length() - 150));
    assertEquals(0, profile(out("parts"), "--seeds=3").code());
    assertEquals(results(out("whole")), results(out("parts")));
  }

  @Test
  void shouldMeasureNothingTwice() throws IOException {
    assertEquals(0, profile(out("o")).code());
    String csv = Files.readString(out("o").resolve("profile.csv"));
    Ran ran = profile(out("o"), "--error=0.001");
    assertEquals(0, ran.code(), ran.err());
    assertEquals(csv, Files.readString(out("o").resolve("profile.csv")), "with its seconds");
    assertTrue(ran.out().contains("squared error of 0.00100 takes"), ran.out());
  }

  @Test
  void shouldNotMixResultsOfOtherOptions() throws IOException {
    assertEquals(0, profile(out("o")).code());
    String csv = Files.readString(out("o").resolve("profile.csv"));
    Ran ran = profile(out("o"), "--fill=black");
    assertEquals(2, ran.code());
    assertEquals(1, ran.errors().size(), ran.err());
    assertTrue(ran.err().startsWith("quicklime: --out must be a new folder"), ran.err());
    assertEquals(csv, Files.readString(out("o").resolve("profile.csv")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--samples=64,32|counts must rise",
        "--samples=64,,128|--samples must be a whole number",
        "--samples=64,64|--samples must be a list without repetitions",
        "--samples=0|--samples must be a whole number",
        "--designs=bernoulli,guess|--designs must be",
        "--designs=exhaustive|exhaustive",
        "--targets=logit,feeling|--targets must be",
        "--seeds=0|--seeds must be",
        "--curves=-1|--curves must be",
        "--reference=401|reference must be even",
        "--held-out=0|--held-out must be",
        "--error=0|--error must be",
        "--stop=1|--stop must be a number above 0 and below 1",
        "--scenes=3|--scenes takes the place of pictures"
      })
  void shouldRefuseAWrongOptionInOneLine(String option, String said) {
    Ran ran = profile(out("o"), option);
    assertEquals(2, ran.code(), ran.err());
    assertEquals(1, ran.errors().size(), ran.err());
    assertTrue(ran.err().contains(said), ran.err());
    assertFalse(Files.exists(out("o")), "nothing is to be left behind");
  }

  @Test
  void shouldLeaveNothingBehindWithoutAModel() {
    Ran ran = profile(out("o"), "--model=" + folder.resolve("none.pt"));
    assertEquals(2, ran.code(), ran.err());
    assertFalse(Files.exists(out("o")));
  }

  @Test
  void shouldRefuseAFolderThatIsAFile() {
    Ran ran = profile(picture);
    assertEquals(2, ran.code(), ran.err());
    assertTrue(ran.err().contains("--out must be a folder"), ran.err());
  }

  @Test
  void shouldNameAPictureThatCannotBeReadAndDoTheOthers() throws IOException {
    Path half = TestPictures.writeHalf(folder.resolve("broken.png"));
    Ran ran = profileOf(List.of(half, picture), out("o"), "--seeds=1");
    assertEquals(2, ran.code(), ran.err());
    assertEquals(1, ran.errors().size(), ran.err());
    assertTrue(ran.err().startsWith("quicklime: " + half), ran.err());
    assertFalse(ran.err().contains(half + ": " + half), ran.err());
    assertTrue(ran.out().contains("1 picture, 1 seed"), ran.out());
    assertTrue(results(out("o")).stream().anyMatch(line -> line.contains("cat.png")));
  }

  @Test
  void shouldSayWhyThereIsNothingToShow() throws IOException {
    Path half = TestPictures.writeHalf(folder.resolve("broken.png"));
    Ran ran = profileOf(List.of(half), out("o"));
    assertEquals(2, ran.code(), ran.err());
    assertEquals("", ran.out());
    assertEquals(1, ran.errors().size(), ran.err());
    // Nothing was measured, so nothing stands in the way of other options.
    assertEquals(0, profile(out("o"), "--seeds=1").code());
  }

  @Test
  void shouldGenerateScenesInPlaceOfPictures() throws IOException {
    Ran ran =
        profileOf(List.of(), out("o"), "--scenes=2", "--seeds=1", "--samples=20", "--curves=0");
    assertEquals(0, ran.code(), ran.err());
    assertTrue(results(out("o")).stream().anyMatch(line -> line.startsWith("scene-0002,9,")));
    assertFalse(Files.exists(out("o").resolve("logit-deletion.png")));
  }
}
