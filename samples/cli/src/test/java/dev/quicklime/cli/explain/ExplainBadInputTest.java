package dev.quicklime.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.cli.Models;
import dev.quicklime.cli.Ran;
import dev.quicklime.cli.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user can do wrong: each time one line on stderr, exit code 2, and nothing written. */
class ExplainBadInputTest {

  @TempDir static Path models;
  private static Path good = Path.of("");

  @TempDir Path folder;

  @BeforeAll
  static void saveModel() throws IOException {
    good = Models.save(models, Models.MEANS);
  }

  private Ran explain(Path model, Path picture, String... options) {
    return explainTo(folder.resolve("out"), model, picture, options);
  }

  private static Ran explainTo(Path out, Path model, Path picture, String... options) {
    List<String> args = new ArrayList<>(List.of("explain", picture.toString()));
    args.addAll(List.of("--model", model.toString(), "--out", out.toString()));
    args.addAll(List.of("--samples", "20", "--tiles", "3x3", "--threads", "1"));
    args.addAll(List.of(options));
    return Ran.command(args.toArray(String[]::new));
  }

  private String refused(Ran ran, String... parts) throws IOException {
    assertEquals(2, ran.code(), ran.err());
    assertEquals(1, ran.errors().size(), ran.err());
    assertTrue(ran.err().startsWith("quicklime: "), ran.err());
    for (String part : parts) {
      assertTrue(ran.err().contains(part), ran.err());
    }
    assertEquals("", ran.out());
    try (var left = Files.walk(folder.resolve("out").getParent())) {
      assertFalse(
          left.anyMatch(
              path -> path.startsWith(folder.resolve("out")) && Files.isRegularFile(path)));
    }
    return ran.err();
  }

  @Test
  void shouldRefuseAPictureThatIsNotThere() throws IOException {
    refused(explain(good, folder.resolve("none.png")), "none.png", "got none of this name");
  }

  @Test
  void shouldRefuseAnEmptyFile() throws IOException {
    refused(explain(good, Files.createFile(folder.resolve("empty.png"))), "empty.png");
  }

  @ParameterizedTest
  @ValueSource(strings = {"half.png", "half.jpg"})
  void shouldRefuseAPictureThatIsCutOff(String name) throws IOException {
    refused(explain(good, TestPictures.writeHalf(folder.resolve(name))), name);
  }

  @Test
  void shouldRefuseATextThatIsNamedLikeAPicture() throws IOException {
    refused(explain(good, Files.writeString(folder.resolve("text.png"), "a cat\n")), "text.png");
  }

  @Test
  void shouldRefuseAPictureOfOnePixel() throws IOException {
    refused(explain(good, TestPictures.write(folder.resolve("dot.png"), 1, 1)), "dot.png");
  }

  @Test
  void shouldRefuseAHeaderThatAsksForTooMuch() throws IOException {
    refused(explain(good, TestPictures.writeBomb(folder.resolve("bomb.png"))), "bomb.png");
    Path picture = TestPictures.write(folder.resolve("large.png"), 30, 20);
    refused(explain(good, picture, "--max-pixels", "599"), "large.png", "599");
  }

  @Test
  void shouldRefuseAFolderWithoutPictures() throws IOException {
    Path none = Files.createDirectory(folder.resolve("none"));
    Files.writeString(none.resolve("readme.txt"), "no pictures here");
    Files.createDirectory(none.resolve("deep.png"));
    refused(explain(good, none), "none must hold pictures");
  }

  @Test
  void shouldRefuseAnOutputThatIsInAFile() throws IOException {
    Path picture = TestPictures.write(folder.resolve("a.png"), 20, 20);
    Path file = Files.writeString(folder.resolve("file"), "");
    refused(explainTo(file.resolve("out"), good, picture), "--out must be");
    refused(explainTo(file, good, picture), "--out must be");
  }

  @Test
  void shouldLeaveAFolderAloneThatIsNoReport() throws IOException {
    Path picture = TestPictures.write(folder.resolve("a.png"), 20, 20);
    Path mine = Files.createDirectories(folder.resolve("mine/a"));
    Files.writeString(mine.resolve("thesis.tex"), "years of work");
    refused(explainTo(folder.resolve("mine"), good, picture), "mine/a must be");
    assertTrue(Files.exists(mine.resolve("thesis.tex")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--samples=0", "--samples=-1", "--samples=abc", "--segments=1e9"})
  void shouldRefuseCountsOutOfRange(String option) throws IOException {
    Path picture = TestPictures.write(folder.resolve("a.png"), 20, 20);
    Ran ran =
        Ran.command(
            "explain",
            picture.toString(),
            option,
            "--model",
            good.toString(),
            "--out",
            "" + folder);
    refused(ran, option.substring(0, option.indexOf('=')), "whole number", "got ");
  }

  @Test
  void shouldRefuseOptionsThatDoNotExist() throws IOException {
    Path picture = TestPictures.write(folder.resolve("a.png"), 20, 20);
    refused(explain(good, picture, "--sample-size", "3"), "--sample-size");
    refused(explain(good, picture, "--alpha"), "--alpha");
    refused(explain(good, picture, "--alpha", "nan"), "--alpha must be");
    refused(
        explain(good, picture, "--preset", "fancy"), "default, tiles-top1, k-lasso, slic100-gray");
  }

  @Test
  void shouldRefuseAModelThatIsNone() throws IOException {
    Path picture = TestPictures.write(folder.resolve("a.png"), 20, 20);
    refused(explain(folder.resolve("none.pt"), picture), "none.pt");
    Path text = Files.writeString(folder.resolve("text.pt"), "not a model");
    refused(explain(text, picture), "text.pt", "TorchScript");
    Path zip = Files.writeString(folder.resolve("zip.pt"), "PK\u0003\u0004 and then nothing");
    refused(explain(zip, picture), "zip.pt", "TorchScript");
    refused(explain(folder, picture), "got a folder; name the file in it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return torch.matmul(x.flatten(1), self.w)[:, :, 0]",
        "return x.mean([2, 3]) * float('nan')",
        "return x.mean([2, 3]) / 0",
        "return x",
        "return x.mean([2, 3])[:0]",
        "return (x.mean([2, 3]), x.amax([2, 3]))",
        "assert x.size(0) < 0, 'no more'\n    return x",
      })
  void shouldRefuseAModelThatDoesNotScore(String body) throws IOException {
    Path picture = TestPictures.write(folder.resolve("a.png"), 20, 20);
    Path second = TestPictures.write(folder.resolve("b.png"), 20, 20);
    Path model = Models.save(folder.resolve("m"), body);
    // The model's failure ends the run: the second picture would only say the same again.
    refused(explain(model, picture, second.toString()), "model model.pt");
  }

  @Test
  void shouldRefuseAModelForAnotherInput() throws IOException {
    Path picture = TestPictures.write(folder.resolve("a.png"), 20, 20);
    Path model = Models.save(folder.resolve("m"), "return torch.matmul(x.flatten(1), self.w)");
    refused(explain(model, picture, "--size", "33"), "model model.pt failed", "33, 33");
  }

  @Test
  void shouldRefuseLabelsOfTheWrongLength() throws IOException {
    Path picture = TestPictures.write(folder.resolve("a.png"), 20, 20);
    Path second = TestPictures.write(folder.resolve("b.png"), 20, 20);
    Path labels = Files.writeString(folder.resolve("labels.txt"), "a\nb\n");
    refused(
        explain(good, picture, second.toString(), "--labels", labels.toString()),
        "labels must have one line for each of the model's 3 classes, got 2");
    refused(
        explain(good, picture, second.toString(), "--classes", "3"),
        "--classes must be between 0 and 2 for this model, got 3");
  }

  @Test
  void shouldNameEveryPictureOfAListThatIsNotThere() {
    Ran ran = explain(good, folder.resolve("x.png"), folder.resolve("y.png").toString());
    assertEquals(2, ran.code());
    assertEquals(2, ran.errors().size(), ran.err());
  }
}
