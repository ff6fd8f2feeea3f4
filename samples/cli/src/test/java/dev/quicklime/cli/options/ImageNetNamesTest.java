package dev.quicklime.cli.options;

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
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of 1000 outputs that name none are called as ImageNet's classes are, and that is said. */
class ImageNetNamesTest {

  private static final String NOTICE = "names none of its 1000 outputs";
  private static final String REMEDY = "--labels none to number them";

  @TempDir static Path models;
  private static Path thousand = Path.of("");
  private static Path hundred = Path.of("");
  private static Path picture = Path.of("");

  @TempDir Path folder;

  @BeforeAll
  static void save() throws IOException {
    thousand = unnamed("thousand", 1000);
    hundred = unnamed("hundred", 100);
    picture = TestPictures.write(models.resolve("p.png"), 40, 40);
  }

  private static Path unnamed(String name, int outputs) throws IOException {
    Path model =
        Models.save(
            models.resolve(name),
            "return torch.cat([x.mean([2, 3]), torch.zeros_like(x.flatten(1)[:, :%d])], 1)"
                .formatted(outputs - 3));
    Files.writeString(
        model.resolveSibling("model.json"),
        "{\"width\": 32, \"height\": 32, \"mean\": [0, 0, 0], \"std\": [1, 1, 1]}");
    return model;
  }

  private Ran ran(String command, Path model, String... options) {
    List<String> args = new ArrayList<>(List.of(command, picture.toString()));
    args.addAll(List.of("--model", model.toString(), "--out", folder.resolve("out").toString()));
    args.addAll(List.of("--threads", "1"));
    if (!command.equals("gradcam")) {
      args.addAll(List.of("--samples", "20", "--tiles", "2x2"));
    }
    args.addAll(List.of(options));
    return Ran.command(args.toArray(String[]::new));
  }

  private JsonNode result(Ran ran, String file) throws IOException {
    assertEquals(0, ran.code(), ran.err());
    return Results.read(folder.resolve("out/p").resolve(file));
  }

  private static String label(JsonNode result) {
    return result.get("classes").get(0).get("label").asText();
  }

  @Test
  void shouldNameThemAndSaySoInEveryResult() throws IOException {
    JsonNode explained = result(ran("explain", thousand, "--classes", "1"), "explanation.json");
    assertEquals("goldfish", label(explained));
    assertTrue(explained.get("notices").toString().contains(NOTICE), explained::toString);
    assertTrue(explained.get("notices").toString().contains(REMEDY), explained::toString);
    assertTrue(Files.readString(folder.resolve("out/p/report.html")).contains(NOTICE));
  }

  @Test
  void shouldNameThoseOfMapsAsWell() throws IOException {
    JsonNode mapped = result(ran("gradcam", conv(1000), "--classes", "goldfish"), "gradcam.json");
    assertEquals("goldfish", label(mapped));
    assertEquals(1, mapped.get("classes").get(0).get("index").asInt());
    assertTrue(mapped.get("notices").toString().contains(REMEDY), mapped::toString);
    assertTrue(Files.readString(folder.resolve("out/p/report.html")).contains(NOTICE));
  }

  /** The same with a layer whose values are maps. */
  private static Path conv(int outputs) throws IOException {
    Path model =
        Models.save(
            models.resolve("maps" + outputs),
            "return torch.relu(x * 2).mean([2, 3]).repeat(1, 334)[:, :%d]".formatted(outputs));
    Files.copy(
        thousand.resolveSibling("model.json"),
        model.resolveSibling("model.json"),
        StandardCopyOption.REPLACE_EXISTING);
    return model;
  }

  @Test
  void shouldTellThoseWhoReadAStudy() throws IOException {
    Ran ran = ran("study", thousand, "--top", "1");
    assertEquals(0, ran.code(), ran.err());
    try (var files = Files.walk(folder.resolve("out"))) {
      assertTrue(
          files
              .filter(file -> file.toString().endsWith(".html"))
              .anyMatch(ImageNetNamesTest::tells));
    }
  }

  private static boolean tells(Path page) {
    try {
      return Files.readString(page).contains(NOTICE);
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void shouldTakeNoneForAnAnswer() throws IOException {
    JsonNode explained =
        result(ran("explain", thousand, "--classes", "1", "--labels", "none"), "explanation.json");
    assertEquals("class 1", label(explained));
    assertFalse(explained.get("notices").toString().contains(NOTICE), explained::toString);
  }

  @Test
  void shouldKeepQuietOfNamesThatWereAskedFor() throws IOException {
    JsonNode explained =
        result(
            ran("explain", thousand, "--classes", "tench, 1", "--labels", "imagenet"),
            "explanation.json");
    assertEquals("tench", label(explained));
    assertFalse(explained.get("notices").toString().contains(NOTICE), explained::toString);
  }

  @Test
  void shouldNumberTheOutputsOfAnyOtherModel() throws IOException {
    JsonNode explained = result(ran("explain", hundred, "--classes", "1"), "explanation.json");
    assertEquals("class 1", label(explained));
    assertFalse(explained.get("notices").toString().contains("ImageNet"), explained::toString);
  }

  @Test
  void shouldFindAClassByItsNameInAModelOfAThousandAlone() throws IOException {
    JsonNode explained =
        result(ran("explain", thousand, "--classes", "goldfish,3"), "explanation.json");
    assertEquals("goldfish", label(explained));
    assertEquals("tiger shark", explained.get("classes").get(1).get("label").asText());
    refused(ran("explain", hundred, "--classes", "goldfish"), "must be given by their index");
    refused(ran("explain", thousand, "--classes", "goldfisch"), "got goldfisch");
    refused(ran("explain", thousand, "--classes", "goldfish", "--labels", "none"), "got goldfish");
  }

  @Test
  void shouldFindNoClassOfMapsByAnotherModelsNames() throws IOException {
    refused(ran("gradcam", conv(100), "--classes", "goldfish"), "must be given by their index");
  }

  private static void refused(Ran ran, String part) {
    assertEquals(2, ran.code(), ran.err());
    assertEquals(1, ran.errors().size(), ran.err());
    assertTrue(ran.err().contains(part), ran.err());
  }
}
