package dev.quicklime.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.ExplainOptions;
import dev.quicklime.cli.Models;
import dev.quicklime.cli.Ran;
import dev.quicklime.cli.TestPictures;
import dev.quicklime.cli.options.Settings;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Leverage;
import dev.quicklime.files.StoredExplanation;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.Precision;
import dev.quicklime.perturb.Fill;
import dev.quicklime.segment.Slic;
import dev.quicklime.segment.Slico;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.ElasticNet;
import dev.quicklime.surrogate.ForwardSelection;
import dev.quicklime.surrogate.KLasso;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.Shapley;
import dev.quicklime.surrogate.Strongest;
import dev.quicklime.torch.TorchEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What options given besides an explanation that is made again come to, and what is refused. */
class LikeOptionsTest extends ParsedExplain {

  private final JsonMapper mapper = new JsonMapper();

  /** Explains the picture by a model of a few lines. */
  private Path explained(String... options) throws IOException {
    model = Models.save(folder.resolve("m"), Models.MEANS);
    List<String> args = new ArrayList<>(List.of("explain", picture.toString()));
    args.addAll(List.of("--model", model.toString(), "--figures=none", "--quiet"));
    args.addAll(List.of("--out", folder.resolve("first").toString()));
    args.addAll(List.of(options));
    Ran ran = Ran.command(args.toArray(String[]::new));
    assertEquals(0, ran.code(), ran.err());
    return folder.resolve("first/cat/explanation.json");
  }

  private Path changed(Path file, Consumer<ObjectNode> change) throws IOException {
    ObjectNode root = (ObjectNode) mapper.readTree(file.toFile());
    change.accept(root);
    return Files.write(file, mapper.writeValueAsBytes(root));
  }

  private static ObjectNode provenance(ObjectNode root) {
    return (ObjectNode) root.get("provenance");
  }

  private Ran again(Path file, String... options) {
    List<String> args = new ArrayList<>(List.of("explain", "--like", file.toString()));
    args.addAll(List.of("--figures=none", "--out", folder.resolve("again").toString()));
    args.addAll(List.of(options));
    return Ran.command(args.toArray(String[]::new));
  }

  private void assertRefused(String message, Path file, String... options) {
    Ran ran = again(file, options);
    assertEquals(2, ran.code(), ran.err());
    assertEquals(1, ran.errors().size(), ran.err());
    assertTrue(ran.err().startsWith("quicklime: " + message), ran.err());
    assertFalse(Files.exists(folder.resolve("again")));
  }

  private ExplainOptions like(Path file, String... options) throws IOException {
    List<String> args = new ArrayList<>(List.of("--like", file.toString()));
    args.addAll(List.of(options));
    return options(args.toArray(String[]::new));
  }

  @Test
  void shouldLetOptionsGivenBesidesGoFirst() throws IOException {
    Path file =
        explained(
            "--segments=20",
            "--compactness=3",
            "--samples=50",
            "--fill=blur",
            "--blur-sigma=3",
            "--surrogate=elastic-net",
            "--alpha=0.01",
            "--l1-ratio=0.3",
            "--stop=0.5");
    ExplainOptions recorded = StoredExplanation.read(file).provenance().options();
    assertEquals(recorded, like(file));
    assertEquals(recorded.withSamples(60), like(file, "--samples=60"));
    assertEquals(recorded.withSegmenter(new Slic(30, 3, 10)), like(file, "--segments=30"));
    assertEquals(recorded.withSegmenter(Slico.of(20)), like(file, "--segmenter=slico"));
    assertEquals(recorded.withSegmenter(new Tiles(2, 2)), like(file, "--tiles=2x2"));
    assertEquals(recorded.withFill(Fill.gray()), like(file, "--fill=gray"));
    assertEquals(recorded.withFill(new Fill.Blur(1)), like(file, "--blur-sigma=1"));
    assertEquals(
        recorded.withSurrogate(ElasticNet.defaults()), like(file, "--surrogate=elastic-net"));
    assertEquals(recorded.withSurrogate(new LeastSquares(true)), like(file, "--surrogate=ols"));
    assertEquals(
        recorded.withSurrogate(new Shapley()).withDesign(new Leverage()),
        like(file, "--surrogate=shapley"));
    assertEquals(0, like(file, "--tiles=2x2", "--design=exhaustive").stop());
    assertEquals(
        "--preset cannot be combined with --like, which says all that a preset does: leave one out,"
            + " or give the options that are to differ",
        refused("--like", file.toString(), "--preset=fast"));
  }

  @Test
  void shouldKeepWhatGoesWithEachSurrogate() throws IOException {
    Path lasso = explained("--tiles=2x2", "--samples=40", "--surrogate=k-lasso", "--alpha=2");
    ExplainOptions recorded = StoredExplanation.read(lasso).provenance().options();
    assertEquals(recorded.withSurrogate(new KLasso(3, 2, true)), like(lasso, "--features=3"));
    Path shapley = explained("--tiles=2x2", "--samples=40", "--surrogate=shapley");
    assertEquals(new Bernoulli(0.5), like(shapley, "--surrogate=ols").design());
    assertEquals(
        "--distance says nothing about --surrogate shapley, whose samples weigh by how many"
            + " superpixels they show",
        refused("--like", shapley.toString(), "--distance=cosine"));
    Path none = explained("--tiles=2x2", "--samples=40", "--surrogate=ols", "--no-intercept");
    assertEquals(new LeastSquares(false), like(none).surrogate());
    assertEquals(new LeastSquares(true), like(none, "--surrogate=ols").surrogate());
    assertEquals(new LeastSquares(true), like(none, "--no-intercept=false").surrogate());
    assertEquals(
        new Strongest(3, new LeastSquares(false), 0), like(none, "--features=3").surrogate());
    Path lime = explained("--tiles=3x3", "--samples=40", "--surrogate=lime", "--features=7");
    assertEquals(Strongest.lime(7), like(lime).surrogate());
    assertEquals(Strongest.lime(8), like(lime, "--features=8").surrogate());
    assertEquals(new ForwardSelection(2, 1, true), like(lime, "--features=2").surrogate());
  }

  @Test
  void shouldTakeWhatNoOptionSaysAsAWhole() throws IOException {
    Path file = explained("--tiles=2x2", "--samples=40", "--fill=#010203");
    changed(
        file,
        root -> {
          ObjectNode options = (ObjectNode) provenance(root).get("options");
          ((ObjectNode) options.get("design")).put("probability", 0.25);
          ((ObjectNode) options.get("segmenter")).removeAll();
          ((ObjectNode) options.get("segmenter"))
              .put("type", "Slic")
              .put("segments", 9)
              .put("compactness", 5)
              .put("iterations", 3);
        });
    ExplainOptions recorded = StoredExplanation.read(file).provenance().options();
    assertEquals(recorded, like(file));
    assertEquals(new Bernoulli(0.25), like(file, "--seed=3").design());
    assertEquals(Slic.of(9), like(file, "--segments=9").segmenter());
    assertEquals(
        "--compactness cannot change a part of what --like %s says, as no option of the command"
                .formatted(file)
            + " line says Slic[segments=9, compactness=5.0, iterations=3]: give --segments as well",
        refused("--like", file.toString(), "--compactness=2"));
  }

  @Test
  void shouldTakeWhatWasMeasuredThen() throws IOException {
    Path file = explained("--tiles=2x2", "--samples=40", "--threads=2", "--batch=5");
    ModelOptions then = prepare("--like", file.toString()).chosen().modelOptions();
    assertEquals(5, then.batch());
    assertEquals(2, then.threads());
    assertEquals(
        StoredExplanation.read(file).provenance().model().precision(),
        then.precision().name().toLowerCase(Locale.ROOT));
    assertEquals("cpu", then.device().toString());
    ModelOptions now =
        prepare("--like", file.toString(), "--batch=auto", "--precision=auto")
            .chosen()
            .modelOptions();
    assertEquals(0, now.batch());
    assertEquals(Precision.AUTO, now.precision());
    // The input is the recorded one, whatever the card says by now.
    Files.writeString(folder.resolve("m/model.json"), "{\"width\": 48, \"height\": 48}");
    Settings.Chosen chosen = prepare("--like", file.toString()).chosen();
    assertEquals(32, chosen.modelOptions().preprocessing().width());
    assertEquals(
        40,
        prepare("--like", file.toString(), "--size=40")
            .chosen()
            .modelOptions()
            .preprocessing()
            .width());
  }

  @Test
  void shouldTakeTheInputOfAnotherModel() throws IOException {
    Path file = explained("--tiles=2x2", "--samples=40", "--batch=5");
    Path other = Models.save(folder.resolve("other"), "return x.mean([2, 3]) * 2.0");
    Files.writeString(folder.resolve("other/model.json"), "{\"width\": 40, \"height\": 40}");
    Ran ran = again(file, "--model", other.toString());
    assertEquals(0, ran.code(), ran.err());
    assertTrue(
        ran.out().contains("note: like %s, but model %s is another one".formatted(file, other)),
        ran.out());
    assertFalse(ran.out().contains("the same as"), ran.out());
  }

  @Test
  void shouldSayWhatDiffersFromTheMachineThen() throws IOException {
    Path file = explained("--tiles=2x2", "--samples=40");
    changed(
        file,
        root -> {
          ((ObjectNode) provenance(root).get("versions")).put("opencv", "1.0");
          provenance(root).put("cpu", "Z80").put("kernels", "vector 8 bits");
        });
    Ran ran = again(file);
    assertEquals(0, ran.code(), ran.err());
    assertEquals("", ran.err());
    String decisions =
        mapper
            .readTree(folder.resolve("again/cat/explanation.json").toFile())
            .get("provenance")
            .get("decisions")
            .toString();
    for (String what : List.of("opencv", "cpu", "kernels")) {
      String start = "like " + file + ", but " + what + " is ";
      assertEquals(1, ran.out().lines().filter(l -> l.startsWith("note: " + start)).count());
      assertTrue(decisions.contains(start), decisions);
    }
    assertTrue(ran.out().contains("the same as " + file + " to the bit"), ran.out());
  }

  @Test
  void shouldSayWhereNumbersDiffer() throws IOException {
    Path file = explained("--tiles=2x2", "--samples=40");
    changed(file, root -> ((ObjectNode) root.get("classes").get(1)).put("intercept", 77.0));
    Ran ran = again(file);
    assertEquals(0, ran.code(), ran.err());
    assertTrue(ran.out().contains("not the same as " + file + " to the bit: numbers differ by"));
  }

  @Test
  void shouldRefuseInputsThatAreMissingOrAnother() throws IOException {
    Path file = explained("--tiles=2x2", "--samples=40");
    Path moved = Files.move(picture, folder.resolve("moved.png"));
    assertRefused(
        "picture %s, which %s was made of, must be where it was".formatted(picture, file), file);
    TestPictures.write(picture, 21, 20);
    assertRefused("picture %s must be the one that %s".formatted(picture, file), file);
    // Named, it is another picture by intention; the same one is known wherever it lies.
    Ran other = again(file, picture.toString());
    assertEquals(0, other.code(), other.err());
    assertTrue(other.out().contains("but of another picture"), other.out());
    Ran same = again(file, moved.toString());
    assertTrue(same.out().contains("the same as"), same.out());
    deleteAgain();
    Path away = Files.move(model, folder.resolve("away.pt"));
    assertRefused("model %s, which %s was made of".formatted(model, file), file, "" + moved);
    Models.save(folder.resolve("m"), "return x.mean([2, 3]) * 2.0");
    assertRefused("model %s must be the one that %s".formatted(model, file), file, "" + moved);
    Ran found = again(file, moved.toString(), "--model", away.toString());
    assertEquals(0, found.code(), found.err());
    assertTrue(found.out().contains("the same as"), found.out());
  }

  private void deleteAgain() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("again"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void shouldRefuseWhatIsNoExplanation() throws IOException {
    Path file = explained("--tiles=2x2", "--samples=40");
    String start = "--like " + file + ": ";
    String whole = Files.readString(file);
    Files.writeString(file, whole.substring(0, whole.length() / 2));
    assertRefused(start + "must be a whole JSON object", file);
    Files.writeString(file, "{\"layer\": {}}");
    assertRefused(start + "must be the explanation.json of a picture, got maps of", file);
    Files.writeString(file, "{\"schema\": 1, \"runs\": []}");
    assertRefused(start + "must be the explanation.json of a picture, got what refit", file);
    Files.writeString(file, whole.replaceFirst("\"schema\" : 1", "\"schema\" : 2"));
    assertRefused(start + "schema must be at most 1, got 2", file);
    Files.writeString(file, whole.replaceFirst("\"batch\" : \\d+", "\"batch\" : 0"));
    assertRefused(start + "provenance.batch must be a whole number between 1 and", file);
    Path none = folder.resolve("none.json");
    assertRefused("--like " + none + ": there is no such file", none);
    assertRefused("--like " + folder + ": must be the explanation.json", folder);
  }

  @Test
  void shouldNameWhatAProgramDidNotSay() throws IOException {
    Path file = explained("--tiles=2x2", "--samples=40");
    changed(file, root -> provenance(root).remove("inputs"));
    assertRefused(
        "--like %s does not say where its model lies, model.pt: give it with --model"
            .formatted(file),
        file);
    Ran ran = again(file, "--model", model.toString());
    assertEquals(0, ran.code(), ran.err());
    assertTrue(ran.out().contains("the same as"), ran.out());
  }

  @Test
  void shouldRefuseAGpuThatIsNotThere() throws IOException {
    Path file = explained("--tiles=2x2", "--samples=40");
    changed(file, root -> provenance(root).put("device", "cuda:0, cuda:1"));
    assertRefused(
        "--like %s was computed on cuda:0,1, and libtorch finds no GPU here".formatted(file), file);
    Ran ran = again(file, "--device=cpu");
    assertEquals(0, ran.code(), ran.err());
  }

  @Test
  void shouldEmulateAFormatOnlyWhereThatIsAskedFor() throws IOException {
    Path file = explained("--tiles=2x2", "--samples=40", "--precision=bf16");
    if (!TorchEnvironment.cpuBfloat16()) {
      assertRefused("--like %s was computed in bf16, which this processor".formatted(file), file);
    }
    Ran ran = again(file, "--precision=bf16");
    assertEquals(0, ran.code(), ran.err());
    assertTrue(ran.out().contains("the same as " + file + " to the bit"), ran.out());
  }
}
