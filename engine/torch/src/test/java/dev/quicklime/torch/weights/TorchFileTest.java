package dev.quicklime.torch.weights;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.QuicklimeException;
import dev.quicklime.torch.internal.TestModules;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code state-dict.pth} was written by PyTorch 2.13, from views of one storage among others. */
class TorchFileTest {

  private static final String DICT = "\u0080\u0002ccollections\nOrderedDict\n)R";

  /** A storage of two singles, called 0. */
  private static final String STORAGE =
      "(X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0" + "0X\3\0\0\0cpuK\2tQ";

  private static final String REBUILD = "ctorch._utils\n_rebuild_tensor_v2\n";

  /** A tensor of two singles. */
  private static final String TENSOR = REBUILD + "(" + STORAGE + "K\0K\2\u0085K\1\u0085\u0089NtR";

  @TempDir Path folder;

  private Path fixture(String name) throws IOException {
    try (InputStream in = TorchFileTest.class.getResourceAsStream("/" + name)) {
      return Files.write(folder.resolve(name), in.readAllBytes());
    }
  }

  private Path archive(String pickle, Map<String, byte[]> others) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>(others);
    entries.put("m/data.pkl", pickle.getBytes(ISO_8859_1));
    Path file = folder.resolve("hand.pth");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry head = new ZipEntry(entry.getKey());
        CRC32 sum = new CRC32();
        sum.update(entry.getValue());
        head.setMethod(ZipEntry.STORED);
        head.setSize(entry.getValue().length);
        head.setCrc(sum.getValue());
        zip.putNextEntry(head);
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }

  /** With a storage of the singles 1 and 2. */
  private Path archive(String pickle) throws IOException {
    return archive(pickle, Map.of("m/data/0", new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40}));
  }

  private static String refusal(Path file) {
    QuicklimeException e =
        assertThrows(QuicklimeException.class, () -> WeightsFile.open(file).close());
    assertEquals(1, e.toString().lines().count(), e.getMessage());
    return e.toString();
  }

  @Test
  void shouldReadWhatPyTorchWrote() throws IOException {
    try (WeightsFile file = WeightsFile.open(fixture("state-dict.pth"))) {
      assertEquals(
          List.of("plain", "moved", "part", "half", "brain", "double", "count", "param", "empty"),
          List.copyOf(Values.tensors(file).keySet()));
      assertEquals(List.of(4L, 2L, 3L), requireNonNull(Values.tensors(file).get("moved")).shape());
      float[] plain = Values.floats(file, "plain");
      float[] moved = Values.floats(file, "moved");
      for (int i = 0; i < 24; i++) {
        assertEquals(i, plain[i]);
        assertEquals(i % 6 / 3 * 12 + i % 3 * 4 + i / 6, moved[i]);
      }
      assertArrayEquals(new float[] {16, 18, 20, 22}, Values.floats(file, "part"));
      assertArrayEquals(new float[] {1.5f, -2, 65504}, Values.floats(file, "half"));
      assertArrayEquals(new float[] {1.5f, -2}, Values.floats(file, "brain"));
      assertArrayEquals(new float[] {(float) (1.0 / 3)}, Values.floats(file, "double"));
      assertArrayEquals(new float[] {4, 5}, Values.floats(file, "param"));
      assertEquals(1234567890123L, Values.whole(file, "count"));
      assertEquals(List.of(0L, 3L), requireNonNull(Values.tensors(file).get("empty")).shape());
    }
  }

  @Test
  void shouldSayHowToSaveAFileOfTheOldFormatAnew() throws IOException {
    assertTrue(refusal(fixture("state-dict-legacy.pth")).contains("torch.save(torch.load("));
  }

  @ParameterizedTest
  @ValueSource(strings = {"state_dict", "model", "model_state_dict", "net", "whatever"})
  void shouldFindTheStateDictOfACheckpoint(String name) throws IOException {
    String key = "X" + (char) name.length() + "\0\0\0" + name;
    Path file = archive(DICT + "(X\5\0\0\0epochK\7" + key + "}X\1\0\0\0w" + TENSOR + "su.");
    try (WeightsFile weights = WeightsFile.open(file)) {
      assertEquals(List.of(name), List.copyOf(weights.entries().keySet()));
      assertArrayEquals(new float[] {1, 2}, Values.floats(weights, name, "w"));
    }
  }

  @Test
  void shouldFindStateDictsHoweverDeepTheyLieAndWhateverIsBeside() throws IOException {
    // {"a": [({"b": {"w": tensor}},)], "t": tensor}
    String deep = "}X\1\0\0\0b}X\1\0\0\0w" + TENSOR + "ss\u0085a";
    Path file = archive(DICT + "(X\1\0\0\0a]" + deep + "X\1\0\0\0t" + TENSOR + "u.");
    try (WeightsFile weights = WeightsFile.open(file)) {
      assertEquals(List.of("", "a.0.0.b"), List.copyOf(weights.entries().keySet()));
      assertArrayEquals(new float[] {1, 2}, Values.floats(weights, "", "t"));
      assertArrayEquals(new float[] {1, 2}, Values.floats(weights, "a.0.0.b", "w"));
    }
  }

  @Test
  void shouldPassOverTheNotesOfATraining() throws IOException {
    // {"args": Namespace(), "w": tensor}, and a list that holds itself.
    String notes =
        "X\4\0\0\0argscargparse\nNamespace\n)\u0081}X\1\0\0\0aK\1sb" + "X\1\0\0\0l]q\1h\1a";
    Path file = archive(DICT + "(" + notes + "X\1\0\0\0w" + TENSOR + "u.");
    try (WeightsFile weights = WeightsFile.open(file)) {
      assertEquals(List.of(""), List.copyOf(weights.entries().keySet()));
      assertArrayEquals(new float[] {1, 2}, Values.floats(weights, "w"));
    }
  }

  @Test
  void shouldRefuseWhateverCouldRunAProgram() throws IOException {
    String message = refusal(archive("\u0080\u0002cposix\nsystem\nX\2\0\0\0ls\u0085R."));
    assertTrue(message.contains("posix.system"), message);
    assertTrue(message.contains("torch.save(model.state_dict(), FILE)"), message);
    assertTrue(refusal(archive("\u0080\u0002i__main__\nNet\n.")).contains("0x69"));
    assertTrue(refusal(archive("\u0080\u0004\u0095.")).contains("protocol"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Too long, too far, backwards, over the end of all numbers.
        "K\0K\3\u0085K\1\u0085",
        "K\1K\2\u0085K\1\u0085",
        "K\0K\2\u0085J\u00ff\u00ff\u00ff\u00ff\u0085",
        "J\u00ff\u00ff\u00ff\u00ffK\2\u0085K\1\u0085",
        "K\0K\2\u0085\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f\u0085",
        "K\0\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f\u0085K\0\u0085",
        "K\0K\2\u0085)",
        "K\0K\2K\1\u0085",
      })
  void shouldRefuseATensorThatLeavesItsStorage(String place) throws IOException {
    refusal(archive(DICT + "X\1\0\0\0w" + REBUILD + "(" + STORAGE + place + "\u0089NtRs."));
  }

  @Test
  void shouldRefuseAStorageThatIsNotThereOrOfAnotherSize() throws IOException {
    String pickle = DICT + "X\1\0\0\0w" + TENSOR + "s.";
    assertTrue(refusal(archive(pickle, Map.of())).contains("m/data/0"));
    assertTrue(refusal(archive(pickle, Map.of("m/data/0", new byte[7]))).contains("8 bytes"));
    assertTrue(
        refusal(
                archive(
                    pickle, Map.of("m/data/0", new byte[8], "m/byteorder", "big".getBytes(UTF_8))))
            .contains("little"));
  }

  @Test
  void shouldRefuseOtherArchives() throws IOException {
    assertTrue(refusal(archive(DICT + ".")).contains("state dict"));
    assertTrue(refusal(archive("\u0080\u0002K\1.")).contains("state dict"));
    assertTrue(
        refusal(TestModules.save(folder, "return x")).contains("TorchScript"),
        "a TorchScript file");
  }

  @Test
  void shouldNoticeThatStoredBytesHaveChanged() throws IOException {
    Path file = archive(DICT + "X\1\0\0\0w" + TENSOR + "s.");
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < bytes.length - 4; i++) {
      if (bytes[i] == 0 && bytes[i + 2] == (byte) 0x80 && bytes[i + 3] == 0x3f) {
        bytes[i]++;
        break;
      }
    }
    Files.write(file, bytes);
    try (WeightsFile weights = WeightsFile.open(file)) {
      QuicklimeException e =
          assertThrows(QuicklimeException.class, () -> Values.floats(weights, "w"));
      assertTrue(e.toString().contains("checksum"), e.getMessage());
    }
  }
}
