package dev.quicklime.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.image.Layout;
import dev.quicklime.image.PixelType;
import dev.quicklime.model.ModelOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackageFileTest {

  private static final String MODEL = "tiny/data/aotinductor/";
  private static final Set<String> ZEN =
      Set.of("avx2", "fma", "f16c", "avx512f", "avx512dq", "avx512vl", "avx512bw", "avx512_vnni");

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("net.pt2");
  }

  private static PackageInput input(PackageFile file) {
    return PackageInput.of(file.wrapper(), file.metadata());
  }

  private static void assertRefused(Path file, String... parts) {
    QuicklimeException e =
        assertThrows(
            QuicklimeException.class,
            () -> {
              ModelCard card = Models.card(file);
              Models.open(file, ModelOptions.of(card.preprocessing()), card).close();
            });
    for (String part : parts) {
      assertTrue(e.toString().contains(part), e.toString());
    }
    assertTrue(e.toString().contains("net.pt2"), e.toString());
    assertEquals(1, e.toString().lines().count(), e.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"more_metadata.json", "more.cpp"})
  void shouldRefuseTextsThatUnpackToMoreThanTheFileMayBecome(String name) throws IOException {
    Path file =
        new TestPackage()
            .without("")
            .with(MODEL + "model/model.so", "code")
            .with(MODEL + "model/" + name, " ".repeat(20_000_000))
            .write(file());
    assertTrue(Files.size(file) < 100_000);
    assertRefused(file, "model ", " bytes");
  }

  @Test
  void shouldReadWhatThePackageSaysOfItself() throws IOException {
    PackageFile found = PackageFile.read(new TestPackage().write(file()));
    assertEquals("model", found.name());
    assertEquals(new PackageInput(PixelType.FLOAT32, Layout.NCHW, 4, 4, 3, 32, 32), input(found));
    PackageTarget target = PackageTarget.of(found);
    assertEquals("cpu", target.device());
    assertEquals("x86_64", target.machine());
    assertEquals(List.of("avx2", "f16c", "fma"), target.instructions());
    assertTrue(target.torch().startsWith("2.13"), target.torch());
  }

  @Test
  void shouldReadTheExportersNotesWhereThereIsNoSource() throws IOException {
    Path file = new TestPackage().without(".cpp").write(file());
    assertEquals(
        new PackageInput(PixelType.FLOAT32, Layout.NCHW, 4, 4, 3, 32, 32),
        input(PackageFile.read(file)));
  }

  @Test
  void shouldRefuseToGuessTheInput() throws IOException {
    Path file =
        new TestPackage()
            .without(".cpp")
            .edit("_metadata.json", text -> text.replace("quicklime.shape", "shape"))
            .write(file());
    assertRefused(file, "must say which input it was compiled for", "got neither");
  }

  @Test
  void shouldReadChannelsLastBfloat16() throws IOException {
    TestPackage edited =
        new TestPackage()
            .edit(
                "wrapper.cpp",
                text ->
                    text.replace("aoti_torch_dtype_float32()", "aoti_torch_dtype_bfloat16()")
                        .replaceAll("\\(1024 != (\\w+_stride\\[1])", "(1 != $1")
                        .replaceAll("\\(32 != (\\w+_stride\\[2])", "(96 != $1")
                        .replaceAll("\\(1 != (\\w+_stride\\[3])", "(3 != $1"));
    PackageInput input = input(PackageFile.read(edited.write(file())));
    assertEquals(new PackageInput(PixelType.BFLOAT16, Layout.NHWC, 4, 4, 3, 32, 32), input);
  }

  @Test
  void shouldTakeARangeOfBatches() throws IOException {
    TestPackage edited =
        new TestPackage()
            .edit(
                "wrapper.cpp",
                text ->
                    text.replaceAll(
                        "\\(4 != (\\w+_size\\[0])\\)", "($1 < 2) {}\n    if ($1 > 64)"));
    PackageInput input = input(PackageFile.read(edited.write(file())));
    assertTrue(input.dynamic());
    assertEquals(2, input.leastBatch());
    assertEquals(64, input.mostBatch());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(32 != (\\w+_size\\[2]))| (32 > $1)| whose sizes are fixed but for the batch",
        "(1024 != (\\w+_stride\\[1]))| (1025 != $1)| without gaps",
        "aoti_torch_dtype_float32()| aoti_torch_dtype_float64()| float32 or bfloat16",
        "(input_handles, 1)| (input_handles, 2)| must take one tensor, got 2",
      })
  void shouldRefuseAnInputThatIsNoBatchOfPictures(String old, String changed, String rule)
      throws IOException {
    String pattern = old.replaceAll("^\\(", "\\\\(").replaceAll("\\)$", "\\\\)");
    String regex = old.endsWith("()") ? old.replace("()", "\\(\\)") : pattern;
    TestPackage edited =
        new TestPackage().edit("wrapper.cpp", text -> text.replaceAll(regex, changed));
    assertRefused(edited.write(file()), rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AOTI_DEVICE_KEY | mps | device cpu or cuda",
        "AOTI_PLATFORM | plan9 | plan9 on x86_64",
        "AOTI_MACHINE | riscv64 | on riscv64",
        "AOTI_PLATFORM | win32 | win32 on x86_64",
        "AOTI_PLATFORM | darwin | darwin on x86_64",
        "AOTI_MACHINE | aarch64 | on aarch64",
        "AOTI_CPU_ISA | AVX2 AMX_TILE AVX512 | this processor",
        "AOTI_CPU_ISA | AVX10_2 | code that needs avx10_2",
        "AOTI_CPU_ISA | ASIMD | code that needs asimd",
        "quicklime.torch | 2.6.0 | got 2.6.0",
      })
  void shouldRefuseCodeForAnotherMachineBeforeLoadingIt(String key, String value, String rule)
      throws IOException {
    PackageTarget target =
        PackageTarget.of(PackageFile.read(new TestPackage().note(key, value).write(file())));
    QuicklimeException e =
        assertThrows(
            QuicklimeException.class,
            () -> target.check("net.pt2", "linux", "amd64", ZEN::contains, "2.13.0"));
    assertTrue(e.toString().contains(rule), e.toString());
  }

  @Test
  void shouldTakeCodeForThisMachine() throws IOException {
    PackageFile file =
        PackageFile.read(
            new TestPackage().note("AOTI_CPU_ISA", "AVX512 AVX512_VNNI").write(file()));
    PackageTarget.of(file).check("net.pt2", "linux", "x86_64", ZEN::contains, "2.13.1");
  }

  @Test
  void shouldTakeCodeThatNeedsNoInstructionSet() throws IOException {
    PackageFile file =
        PackageFile.read(
            new TestPackage()
                .without(".cpp")
                .note("AOTI_CPU_ISA", "INVALID_VEC_ISA")
                .write(file()));
    assertEquals(List.of(), PackageTarget.of(file).instructions());
  }

  @Test
  void shouldSayWhichSystemALibraryIsForWhoseNameDoesNotEndAsHere() throws IOException {
    Path file =
        new TestPackage()
            .without(".so")
            .with(MODEL + "model/net.pyd", "MZ")
            .note("AOTI_PLATFORM", "win32")
            .write(file());
    PackageTarget target = PackageTarget.of(PackageFile.read(file));
    QuicklimeException e =
        assertThrows(
            QuicklimeException.class,
            () -> target.check("net.pt2", "linux", "amd64", ZEN::contains, "2.13.0"));
    assertTrue(e.toString().contains("got win32 on x86_64"), e.toString());
  }

  @Test
  void shouldReadTheCompilersFlagsToo() throws IOException {
    PackageFile file =
        PackageFile.read(
            new TestPackage()
                .edit("wrapper.cpp", text -> text.replace(" -mavx2 ", " -mavx512bf16 -mamx-fp16 "))
                .write(file()));
    assertEquals(
        List.of("amx_fp16", "avx2", "avx512_bf16", "f16c", "fma"),
        PackageTarget.of(file).instructions());
  }

  @ParameterizedTest
  @ValueSource(strings = {"AOTI_DEVICE_KEY", "AOTI_CPU_ISA", "AOTI_MACHINE"})
  void shouldRefuseAPackageThatDoesNotSayWhatItIsFor(String key) throws IOException {
    Path file =
        new TestPackage().edit("_metadata.json", text -> text.replace(key, "X")).write(file());
    assertRefused(file, "got no " + key);
  }

  @Test
  void shouldRefuseArchivesThatHoldNoModelOrSeveral() throws IOException {
    assertRefused(new TestPackage().without(".so").write(file()), "compiled library");
    assertRefused(
        new TestPackage().with(MODEL + "other/a.so", "").write(file()), "got 2: model, other");
    assertRefused(
        new TestPackage().with("tiny/data/weights/w0", "").write(file()),
        "weights in the compiled");
    assertRefused(
        new TestPackage().without(".so").without(".cpp").without(".json").write(file()),
        "must hold compiled code");
    assertRefused(new TestPackage().edit("_metadata.json", _ -> "{").write(file()), "is no JSON");
  }

  @Test
  void shouldRefuseFilesThatAreCutOffOrNoArchive() throws IOException {
    byte[] whole = TestPackage.bytes();
    for (int length : new int[] {0, 1, 4, 1000, whole.length / 2, whole.length - 1}) {
      assertRefused(Files.write(file(), Arrays.copyOf(whole, length)), "net.pt2");
    }
    assertRefused(Files.writeString(file(), "not a package"), "got a text");
  }

  @Test
  void shouldRefuseDamagedCode() throws IOException {
    byte[] whole = TestPackage.bytes();
    int refused = 0;
    for (int at = 30_000; at < whole.length - 3000; at += 20_000) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Path file = Files.write(file(), damaged);
      PackageFile read = PackageFile.read(file);
      Path target = Files.createDirectories(folder.resolve("unpacked-" + at));
      assertThrows(QuicklimeException.class, () -> read.unpack(target));
      refused++;
    }
    assertTrue(refused >= 3);
  }

  @Test
  void shouldStayInTheFolderItIsUnpackedTo() throws IOException {
    Path file = new TestPackage().with(MODEL + "../evil.so", "x").write(file());
    Path target = Files.createDirectories(folder.resolve("unpacked"));
    PackageFile.read(file).unpack(target);
    assertFalse(Files.exists(target.resolve("data").resolve("evil.so")));
  }

  @Test
  void shouldSayThatAFileIsNotThere() {
    assertThrows(
        InvalidInputException.class,
        () ->
            AotPackage.open(
                file(), ModelOptions.of(Models.card(file()).preprocessing()), Models.card(file())));
  }
}
