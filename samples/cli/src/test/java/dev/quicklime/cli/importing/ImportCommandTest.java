package dev.quicklime.cli.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.cli.Ran;
import dev.quicklime.cli.TestPictures;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.torch.Models;
import dev.quicklime.torch.architecture.Architecture;
import dev.quicklime.torch.imports.ModelImport;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {

  private static final int CLASSES = 3;

  @TempDir Path folder;

  /** A ResNet-18 of nothing but zeros: a hole behind the header, which takes no space. */
  private Path zeros(String without) throws IOException {
    StringBuilder header = new StringBuilder("{");
    long end = 0;
    for (Map.Entry<String, List<Long>> tensor :
        ModelImport.tensors(Architecture.parse("resnet18"), CLASSES).entrySet()) {
      if (tensor.getKey().equals(without)) {
        continue;
      }
      boolean counter = tensor.getValue().isEmpty();
      long begin = end;
      end += tensor.getValue().stream().reduce(counter ? 8L : 4L, (a, b) -> a * b);
      header.append(
          "%s\"%s\": {\"dtype\": \"%s\", \"shape\": %s, \"data_offsets\": [%d, %d]}"
              .formatted(
                  begin == 0 ? "" : ", ",
                  tensor.getKey(),
                  counter ? "I64" : "F32",
                  tensor.getValue(),
                  begin,
                  end));
    }
    byte[] json = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("zeros.safetensors");
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.writeLong(Long.reverseBytes(json.length));
      out.write(json);
      out.setLength(Long.BYTES + json.length + end);
    }
    return file;
  }

  private static Ran run(Path weights, Path out, String... more) {
    return Ran.command(
        Stream.concat(
                Stream.of(
                    "import", "--arch", "resnet18", "--weights", "" + weights, "--out", "" + out),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static void assertRefused(String expected, Ran ran) {
    assertEquals(2, ran.code(), ran.err());
    assertEquals(1, ran.errors().size(), ran.err());
    assertTrue(ran.err().contains(expected), ran.err());
  }

  @Test
  void shouldMakeAModelThatExplainTakes() throws IOException {
    Path labels = Files.writeString(folder.resolve("l.txt"), "red\ngreen\nblue\n");
    Path out = folder.resolve("m/resnet18.pt");
    Ran ran =
        run(
            zeros(""),
            out,
            "--labels",
            "" + labels,
            "--size",
            "64x48",
            "--resize",
            "crop",
            "--mean",
            "0.5,0.5,0.5",
            "--std",
            "0.25,0.25,0.25");
    assertEquals(0, ran.code(), ran.err());
    assertEquals("", ran.err());
    assertTrue(ran.out().contains("resnet18, 11,178,051 parameters, 3 classes"), ran.out());
    assertEquals("" + out, ran.out().lines().toList().getLast());
    ModelCard card = Models.card(out);
    assertEquals(List.of("red", "green", "blue"), card.labels());
    Preprocessing input = card.preprocessing();
    assertEquals(64, input.width());
    assertEquals(48, input.height());
    assertEquals(List.of(0.25, 0.25, 0.25), input.std());
    try (Stream<Path> files = Files.list(out.getParent())) {
      assertEquals(2, files.count());
    }

    Path picture = TestPictures.write(folder.resolve("p.png"), 64, 48);
    Ran explained =
        Ran.command(
            "explain",
            "" + picture,
            "--model",
            "" + out,
            "--samples",
            "8",
            "--tiles",
            "2x2",
            "--out",
            "" + folder.resolve("reports"),
            "--threads",
            "1");
    assertEquals(0, explained.code(), explained.err());
  }

  @Test
  void shouldRefuseWhatDoesNotFit() throws IOException {
    Path out = folder.resolve("m.pt");
    assertRefused("1 missing (layer3.0.bn1.bias)", run(zeros("layer3.0.bn1.bias"), out));
    Path weights = zeros("");
    assertRefused(
        "they are those of resnet18",
        Ran.command("import", "--arch", "resnet50", "--weights", "" + weights, "--out", "" + out));
    assertRefused(
        "architecture must be one of",
        Ran.command("import", "--arch", "vgg", "--weights", "" + weights, "--out", "" + out));
    assertRefused("does not exist", run(folder.resolve("no.pth"), out));
    assertRefused(
        "3 classes",
        run(weights, out, "--labels", "" + Files.writeString(folder.resolve("l"), "a\nb\n")));
    assertRefused("must have 3 numbers", run(weights, out, "--mean", "0", "--std", "1"));
    assertRefused(".pt", run(weights, folder.resolve("m.onnx")));
    assertRefused("--weights", Ran.command("import", "--arch", "resnet18", "--out", "" + out));
    assertRefused("zeros.safetensors", run(weights, weights.resolve("m.pt")));
    assertFalse(Files.exists(out));
  }

  @Test
  void shouldAskBeforeTheCardOfAnotherModelIsReplaced() throws IOException {
    Path weights = zeros("");
    Path card = Files.writeString(folder.resolve("model.json"), "{\"width\": 96}");
    Path out = folder.resolve("m.pt");
    assertRefused("--force", run(weights, out));
    assertEquals("{\"width\": 96}", Files.readString(card));
    assertEquals(0, run(weights, out, "--force").code());
    assertEquals(224, Models.card(out).preprocessing().width());
    assertEquals(0, run(weights, out).code());
  }
}
