package dev.quicklime.cli.options;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.cli.Models;
import dev.quicklime.cli.Ran;
import dev.quicklime.cli.TestPictures;
import dev.quicklime.model.ModelFileKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of file for every command that takes one: it is named, with what to do, in a line. */
class WrongFileTest {

  private static final List<String> PICTURES = List.of("explain", "study", "profile");

  @TempDir static Path folder;
  private static final Map<ModelFileKind, Path> FILES = new EnumMap<>(ModelFileKind.class);
  private static Path picture = Path.of("");
  private static Path table = Path.of("");

  @BeforeAll
  static void write() throws IOException {
    picture = TestPictures.write(folder.resolve("p.png"), 40, 40);
    table = Files.writeString(folder.resolve("t.csv"), "a,b\n1,2\n3,4\n5,6\n");
    FILES.put(ModelFileKind.TORCH_SCRIPT, Models.save(folder.resolve("script"), Models.MEANS));
    zip(ModelFileKind.COMPILED_PACKAGE, "", "data/aotinductor/m/a.so");
    zip(ModelFileKind.EXPORTED_PROGRAM, "", "net/models/model.json");
    zip(ModelFileKind.STATE_DICT, "}.", "net/data.pkl");
    zip(ModelFileKind.PICKLED_MODULE, "c__main__\nNet\n)\u0081.", "net/data.pkl");
    zip(ModelFileKind.KERAS, "", "config.json", "metadata.json");
    zip(ModelFileKind.TORCH_SERVE, "", "MAR-INF/MANIFEST.json");
    zip(ModelFileKind.ZIP, "", "a.txt");
    file(ModelFileKind.OLD_TORCH, "\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.");
    file(ModelFileKind.SAFETENSORS, "\2\0\0\0\0\0\0\0{}");
    file(ModelFileKind.WEIGHTS_INDEX, "{\"metadata\": {}, \"weight_map\": {}}");
    file(ModelFileKind.ONNX, "\u0008\n:\3abc");
    file(ModelFileKind.ORT, " \0\0\0ORTM");
    file(ModelFileKind.HDF5, "\u0089HDF\r\n\u001a\n");
    file(ModelFileKind.SAVED_MODEL, "\u0008\1\u0012\u0080\u0010" + "x".repeat(2048));
    file(ModelFileKind.TFLITE, "\u001c\0\0\0TFL3");
    file(ModelFileKind.TENSOR_RT, "ptrt\0\0");
    file(ModelFileKind.CORE_ML, "\u0008\4\u0012\1d\u00b2\u001f\1n");
    file(ModelFileKind.OPEN_VINO, "<?xml version=\"1.0\"?><net name=\"a\"><layers>");
    file(ModelFileKind.GGUF, "GGUF\u0003\0");
    file(ModelFileKind.PICKLE, "\u0080\u0004\u0095\0");
    file(ModelFileKind.LFS_POINTER, "version https://git-lfs.github.com/spec/v1\n");
    file(ModelFileKind.WEB_PAGE, "<!DOCTYPE html><html>");
    file(ModelFileKind.EXECU_TORCH, "\u0018\0\0\0ET12");
    file(ModelFileKind.PACKED, "\u001f\u008b\u0008");
    file(ModelFileKind.NUMPY, "\u0093NUMPY\1\0");
    file(ModelFileKind.PICTURE, "\u0089PNG\r\n\u001a\n");
    file(ModelFileKind.TEXT, "tench\ngoldfish\n");
    file(ModelFileKind.CUT_OFF, "PK\3\4 cut off");
    file(ModelFileKind.EMPTY, "");
    file(ModelFileKind.OTHER, "\1\2\3\0");
    FILES.put(ModelFileKind.FOLDER, Files.createDirectory(folder.resolve("a folder")));
    FILES.put(ModelFileKind.MISSING, folder.resolve("none.pt"));
  }

  private static void file(ModelFileKind kind, String content) throws IOException {
    Path file = folder.resolve(kind.name().toLowerCase(Locale.ROOT) + ".bin");
    FILES.put(kind, Files.write(file, content.getBytes(ISO_8859_1)));
  }

  private static void zip(ModelFileKind kind, String pickle, String... names) throws IOException {
    file(kind, "");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(of(kind)))) {
      for (String name : names) {
        out.putNextEntry(new ZipEntry(name));
        out.write(("\u0080\u0002" + pickle).getBytes(ISO_8859_1));
      }
    }
  }

  private static Path of(ModelFileKind kind) {
    return FILES.getOrDefault(kind, Path.of("no file of " + kind));
  }

  private static Ran ran(String command, Path file) {
    List<String> args = new ArrayList<>(List.of(command));
    switch (command) {
      case "import" -> args.addAll(List.of("--arch", "resnet18", "--weights", file.toString()));
      case "tabular" ->
          args.addAll(List.of("--data", table.toString(), "--model", file.toString()));
      default -> args.addAll(List.of(picture.toString(), "--model", file.toString()));
    }
    args.addAll(List.of("--out", folder.resolve("out").resolve("m.pt").toString()));
    return Ran.command(args.toArray(String[]::new));
  }

  private static String refused(String command, Path file) {
    Ran ran = ran(command, file);
    assertEquals(2, ran.code(), ran.err());
    assertEquals(1, ran.errors().size(), ran.err());
    assertEquals("", ran.out());
    assertTrue(ran.err().startsWith("quicklime: "), ran.err());
    assertTrue(ran.err().contains(file.toString()), ran.err());
    assertFalse(Files.exists(folder.resolve("out")), command);
    return ran.err();
  }

  @ParameterizedTest
  @EnumSource
  void shouldTakeEveryKindForWhatItIs(ModelFileKind kind) {
    assertEquals(kind, ModelFileKind.of(of(kind)));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"TORCH_SCRIPT", "COMPILED_PACKAGE", "ONNX", "MISSING"})
  void shouldRefuseAsAModelOfPicturesWhatIsNone(ModelFileKind kind) {
    for (String command : PICTURES) {
      named(refused(command, of(kind)), kind);
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"TORCH_SCRIPT", "ONNX", "MISSING"})
  void shouldRefuseWhatHasNoGradientsOrTakesNoRows(ModelFileKind kind) {
    named(refused("gradcam", of(kind)), kind);
    named(refused("tabular", of(kind)), kind);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"STATE_DICT", "SAFETENSORS", "WEIGHTS_INDEX", "FOLDER", "OTHER", "MISSING"})
  void shouldRefuseToImportWhatHasNoWeights(ModelFileKind kind) {
    named(refused("import", of(kind)), kind);
  }

  private static void named(String line, ModelFileKind kind) {
    assertTrue(line.contains("got " + kind.words() + "; "), line);
  }

  /** What is within is wrong, which another message says. */
  @ParameterizedTest
  @EnumSource(names = {"STATE_DICT", "SAFETENSORS", "WEIGHTS_INDEX", "FOLDER", "OTHER", "MISSING"})
  void shouldSayWhatIsWrongWithinWeights(ModelFileKind kind) {
    refused("import", of(kind));
  }

  @ParameterizedTest
  @CsvSource({
    "explain,MISSING", "study,MISSING", "profile,MISSING", "gradcam,MISSING", "tabular,MISSING",
    "explain,ONNX", "study,ONNX", "profile,ONNX", "gradcam,ONNX", "tabular,ONNX",
    "explain,COMPILED_PACKAGE"
  })
  void shouldSayWhatIsWrongWithinAModel(String command, ModelFileKind kind) {
    refused(command, of(kind));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "explain | STATE_DICT | samples/quicklime import --arch resnet50 --weights FILE --out",
        "explain | STATE_DICT | python samples/export/export_model.py MODEL --weights FILE --out",
        "gradcam | SAFETENSORS | samples/quicklime import --arch resnet50 --weights FILE --out",
        "study | EXPORTED_PROGRAM | aoti_compile_and_package(torch.export.load('FILE'), package",
        "gradcam | EXPORTED_PROGRAM | torch.jit.trace(torch.export.load('FILE').module(), torch",
        "tabular | EXPORTED_PROGRAM | torch.onnx.export(torch.export.load('FILE'), f='",
        "import | EXPORTED_PROGRAM | torch.save(torch.export.load('FILE').state_dict, '",
        "explain | PICKLED_MODULE | torch.jit.trace(torch.load('FILE', weights_only=False).eval()",
        "import | PICKLED_MODULE | torch.save(torch.load('FILE', weights_only=False).state_dict()",
        "explain | OLD_TORCH | torch.save(torch.load('FILE', map_location='cpu'",
        "explain | KERAS | keras.models.load_model('FILE').export('",
        "explain | TFLITE | python -m tf2onnx.convert --tflite FILE --output",
        "explain | SAVED_MODEL | python -m tf2onnx.convert --saved-model FILE --output",
        "explain | LFS_POINTER | git lfs pull --include FILE",
        "explain | PICTURE | samples/quicklime explain FILE --model MODEL",
        "gradcam | PICTURE | samples/quicklime gradcam FILE --model MODEL",
        "gradcam | COMPILED_PACKAGE | export_model.py MODEL --formats pt --out FOLDER",
        "import | TORCH_SCRIPT | samples/quicklime explain PICTURE --model FILE",
        "import | ONNX | samples/quicklime explain PICTURE --model FILE",
        "explain | TEXT | python samples/export/export_model.py MODEL --out FOLDER",
        "tabular | TEXT | torch.jit.trace(NETWORK, ROWS).save('model.pt')",
        "explain | OTHER | python samples/export/export_model.py MODEL --out FOLDER"
      })
  void shouldNameTheCommandThatHelps(String command, ModelFileKind kind, String line) {
    String said = refused(command, of(kind));
    assertTrue(said.contains(line.replace("FILE", of(kind).toString())), said);
  }

  @Test
  void shouldNameAFileInAFolder() throws IOException {
    Path models = Files.createDirectory(folder.resolve("my models"));
    assertTrue(refused("explain", models).contains("none that is called as models are"));
    Files.createFile(models.resolve("net.safetensors"));
    Path model = Files.createFile(models.resolve("net.onnx"));
    String said = refused("explain", models);
    assertTrue(said.contains("--model '" + model + "'"), said);
  }

  @Test
  void shouldWritePathsAsAShellAndPythonReadThem() throws IOException {
    Path file = folder.resolve("it's $5.pth");
    Files.copy(of(ModelFileKind.STATE_DICT), file);
    String said = refused("explain", file);
    assertTrue(said.contains("--weights '" + folder + "/it'\\''s $5.pth'"), said);
    Files.write(file, Files.readAllBytes(of(ModelFileKind.OLD_TORCH)));
    said = refused("explain", file);
    assertTrue(said.contains("torch.load('" + folder + "/it\\\\'s \\$5.pth', "), said);
  }

  @Test
  void shouldNameTheProgramThatWritesANetworkOfPythons() throws IOException {
    Path file = Files.writeString(folder.resolve("net.py"), "def build():\n");
    String said = refused("explain", file);
    assertTrue(said.contains("export_model.py " + file + " --out FOLDER"), said);
  }

  @Test
  void shouldTellAModelInThePlaceOfAPicture() {
    Path model = of(ModelFileKind.TORCH_SCRIPT);
    for (String command : List.of("explain", "gradcam")) {
      Ran ran = Ran.command(command, model.toString(), "--out", folder.resolve("none").toString());
      assertEquals(2, ran.code(), ran.err());
      assertEquals(1, ran.errors().size(), ran.err());
      assertTrue(ran.err().contains("this is a TorchScript file, and --model takes"), ran.err());
    }
  }
}
