package dev.quicklime.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModelFileKindTest {

  @TempDir private Path folder = Path.of("");

  /** Named as what it is not. */
  private Path file(String content) throws IOException {
    return Files.write(folder.resolve("net.keras"), content.getBytes(ISO_8859_1));
  }

  private Path zip(List<String> names, String pickle) throws IOException {
    Path file = folder.resolve("net.onnx");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String name : names) {
        out.putNextEntry(new ZipEntry(name));
        out.write((name.endsWith("data.pkl") ? pickle : "x").getBytes(ISO_8859_1));
      }
    }
    return file;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "net/data.pkl net/constants.pkl net/code/a.py | TORCH_SCRIPT",
        "data/aotinductor/model/a.so data/aotinductor/model/a.cpp | COMPILED_PACKAGE",
        "net/data/aotinductor/model/a.so net/data/constants/b | COMPILED_PACKAGE",
        "net/models/model.json net/data/weights/w net/archive_format | EXPORTED_PROGRAM",
        "serialized_exported_program.json serialized_state_dict.pt | EXPORTED_PROGRAM",
        "config.json metadata.json model.weights.h5 | KERAS",
        "a.txt | ZIP",
        "a.npy b.npy | NUMPY",
        "net.pt MAR-INF/MANIFEST.json | TORCH_SERVE",
      })
  void shouldTellArchivesByWhatTheyHold(String names, ModelFileKind kind) throws IOException {
    assertEquals(kind, ModelFileKind.of(zip(List.of(names.split(" ", -1)), "")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ccollections\\nOrderedDict\\n)R. | STATE_DICT",
        "}q. | STATE_DICT",
        "ctorch._utils\\n_rebuild_tensor_v2\\n(. | STATE_DICT",
        "ctorchvision.models.resnet\\nResNet\\n)\u0081. | PICKLED_MODULE",
        "c__main__\\nNet\\n)\u0081. | PICKLED_MODULE",
      })
  void shouldTellWhatTorchSavePickled(String pickle, ModelFileKind kind) throws IOException {
    String text = "\u0080\u0002" + pickle.replace("\\n", "\n");
    assertEquals(kind, ModelFileKind.of(zip(List.of("archive/data.pkl", "archive/data/0"), text)));
  }

  @Test
  void shouldTellFilesByTheirBeginning() throws IOException {
    kind(ModelFileKind.HDF5, "\u0089HDF\r\n\u001a\n");
    kind(ModelFileKind.TFLITE, "\u001c\0\0\0TFL3");
    kind(ModelFileKind.ORT, " \0\0\0ORTM");
    kind(ModelFileKind.TENSOR_RT, "ptrt\0\0");
    kind(ModelFileKind.TENSOR_RT, "ftrt\0\0");
    kind(ModelFileKind.GGUF, "GGUF\u0003\0");
    kind(ModelFileKind.LFS_POINTER, "version https://git-lfs.github.com/spec/v1\n");
    kind(ModelFileKind.WEB_PAGE, "\n<!DOCTYPE html><html>");
    kind(ModelFileKind.OPEN_VINO, "<?xml version=\"1.0\"?><net name=\"a\"><layers>");
    kind(ModelFileKind.WEIGHTS_INDEX, "{\"metadata\": {}, \"weight_map\": {}}");
    kind(ModelFileKind.OLD_TORCH, "\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.");
    kind(ModelFileKind.PICKLE, "\u0080\u0004\u0095\0");
    kind(ModelFileKind.SAFETENSORS, "\2\0\0\0\0\0\0\0{}");
    kind(ModelFileKind.EMPTY, "");
    kind(ModelFileKind.TEXT, "hello, world");
    kind(ModelFileKind.TEXT, "caf\u00c3\u00a9\n");
    kind(ModelFileKind.TEXT, "x".repeat(1023) + "\u00c3\u00a9");
    kind(ModelFileKind.TEXT, "\u00ff\u00fea\0");
    kind(ModelFileKind.OTHER, "caf\u00e9 and more\n");
    kind(ModelFileKind.OTHER, "\1\2\3\0");
    kind(ModelFileKind.CUT_OFF, "PK\3\4 cut off");
    kind(ModelFileKind.ZIP, "PK\3\4 of another make PK\5\6");
    kind(ModelFileKind.EXECU_TORCH, "\u0018\0\0\0ET12");
    kind(ModelFileKind.NUMPY, "\u0093NUMPY\1\0");
    kind(ModelFileKind.PACKED, "\u001f\u008b\u0008");
    kind(ModelFileKind.PACKED, "labels.txt" + "\0".repeat(247) + "ustar");
    kind(ModelFileKind.OLD_TORCH, "sys_info" + "\0".repeat(249) + "ustar");
    kind(ModelFileKind.PICTURE, "\u0089PNG\r\n\u001a\n");
    kind(ModelFileKind.PICTURE, "\u00ff\u00d8\u00ff\u00e0");
    kind(ModelFileKind.PICTURE, "RIFF1234WEBPVP8 ");
  }

  @Test
  void shouldTellProtocolBuffersByTheirFields() throws IOException {
    String graph = ":\3abc";
    kind(ModelFileKind.ONNX, "\u0008\n" + "\u0012\1p" + graph + "B\2\u0010\u0011");
    // Large: fields are told by their lengths, whatever is in them.
    kind(ModelFileKind.ONNX, "\u0008\n:\u0080\u0080\1" + "x".repeat(1 << 14));
    // Devices (26) came with IR version 11, after functions (25).
    kind(ModelFileKind.ONNX, "\u0008\u000b" + graph + "\u00d2\1\1c");
    // 502, a pipeline of neural networks.
    kind(ModelFileKind.CORE_ML, "\u0008\4\u0012\1d\u00b2\u001f\1n");
    kind(ModelFileKind.SAVED_MODEL, "\u0008\1\u0012\u0080\u0010" + "x".repeat(2048));
    kind(ModelFileKind.OTHER, "\u0008\n:\u0080\u0080\1 cut off");
  }

  private void kind(ModelFileKind expected, String content) throws IOException {
    assertEquals(expected, ModelFileKind.of(file(content)));
  }

  @Test
  void shouldTellFoldersAndWhatIsNotThere() throws IOException {
    assertEquals(ModelFileKind.FOLDER, ModelFileKind.of(folder));
    assertEquals(ModelFileKind.MISSING, ModelFileKind.of(folder.resolve("no")));
    Files.createFile(folder.resolve("saved_model.pb"));
    assertEquals(ModelFileKind.SAVED_MODEL, ModelFileKind.of(folder));
    Files.delete(folder.resolve("saved_model.pb"));
    Files.createFile(folder.resolve("Manifest.json"));
    Files.createDirectory(folder.resolve("Data"));
    assertEquals(ModelFileKind.CORE_ML, ModelFileKind.of(folder));
  }

  @ParameterizedTest
  @EnumSource
  void shouldSayInOneLineWhatIsWantedInstead(ModelFileKind kind) {
    String line = kind.instead(Path.of("net"), "a TorchScript file");
    assertTrue(line.startsWith("model net must be a TorchScript file, got " + kind.words()), line);
    assertEquals(1, line.lines().count());
    assertTrue(kind.unknown() || kind.ofTorch() || line.contains("; "), line);
    assertFalse(kind.unknown() && kind.ofTorch());
  }
}
