package dev.quicklime.torch;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.image.Layout;
import dev.quicklime.image.PixelType;
import dev.quicklime.internal.kernel.machine.CpuFlags;
import dev.quicklime.model.Batch;
import dev.quicklime.model.Device;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.PendingScores;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.model.Precision;
import dev.quicklime.torch.internal.TestModules;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AotPackageTest {

  private static final int BATCH = 4;
  private static final int CLASSES = 3;

  /** As tiny.py prints them for its ramp. */
  private static final double[] EXPECTED = {
    -0.03604851, -0.07291003, -0.27509448,
    -0.03572303, -0.07432386, -0.27747071,
    -0.03445107, -0.07524855, -0.27848187,
    -0.03651813, -0.07237172, -0.27497554,
  };

  @TempDir Path folder;

  private static void assumeThatTheCodeRunsHere() {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64")
            && CpuFlags.has("avx2"),
        "tiny.pt2 was compiled for Linux on x86-64 with AVX2");
  }

  private Path tiny() throws IOException {
    return new TestPackage().write(folder.resolve("tiny.pt2"));
  }

  private static ModelOptions options(Path file) {
    return ModelOptions.of(Models.card(file).preprocessing()).withThreads(1);
  }

  private static AotPackage open(Path file) {
    return AotPackage.open(file, options(file), Models.card(file));
  }

  private static double[] score(PipelinedClassifier model, int rows) {
    try (Batch batch = model.newBatch()) {
      fill(model, batch);
      return model.score(batch, rows);
    }
  }

  private static void fill(PipelinedClassifier model, Batch batch) {
    MemorySegment pixels = batch.pixels();
    for (int i = 0; i < BATCH * model.format().elements(); i++) {
      pixels.setAtIndex(JAVA_FLOAT, i, i * 7 % 251 / 256f - 0.5f);
    }
  }

  @Test
  void shouldScoreAsTheExporterDid() throws IOException {
    assumeThatTheCodeRunsHere();
    try (AotPackage model = open(tiny())) {
      assertArrayEquals(EXPECTED, score(model, BATCH), 1e-6);
      assertEquals(BATCH, model.batchSize());
      assertEquals(PixelType.FLOAT32, model.format().type());
      assertEquals(Layout.NCHW, model.format().layout());
      assertEquals(32, model.format().preprocessing().width());
      assertTrue(model.info().runtime().startsWith("AOTInductor, libtorch "));
      assertEquals("fp32", model.info().precision());
      assertEquals("cpu", model.info().device());
    }
  }

  @Test
  void shouldDropThePaddingOfAShortBatch() throws IOException {
    assumeThatTheCodeRunsHere();
    try (AotPackage model = open(tiny())) {
      for (int rows = 1; rows <= BATCH; rows++) {
        assertArrayEquals(Arrays.copyOf(EXPECTED, rows * CLASSES), score(model, rows), 1e-6);
      }
      assertThrows(InvalidInputException.class, () -> score(model, 0));
      assertThrows(InvalidInputException.class, () -> score(model, BATCH + 1));
    }
  }

  @Test
  void shouldScoreBatchesThatAreUnderWayTogether() throws IOException {
    assumeThatTheCodeRunsHere();
    try (AotPackage model = open(tiny());
        Batch first = model.newBatch();
        Batch second = model.newBatch()) {
      assertEquals(1, model.inFlight());
      fill(model, first);
      fill(model, second);
      PendingScores one = model.submit(first, 1);
      PendingScores all = model.submit(second, BATCH);
      assertArrayEquals(EXPECTED, all.await(), 1e-6);
      assertArrayEquals(Arrays.copyOf(EXPECTED, CLASSES), one.await(), 1e-6);
    }
  }

  @Test
  void shouldServeSeveralThreadsAndLeaveNothingUnpacked() throws Exception {
    assumeThatTheCodeRunsHere();
    Path file = tiny();
    for (int i = 0; i < 3; i++) {
      try (AotPackage model = open(file)) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
          List<Future<double[]>> together =
              Stream.generate(() -> threads.submit(() -> score(model, BATCH))).limit(4).toList();
          for (Future<double[]> scores : together) {
            assertArrayEquals(EXPECTED, scores.get(), 1e-6);
          }
        }
        assertArrayEquals(EXPECTED, score(model, BATCH), 1e-6);
      }
    }
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertEquals(
          List.of(),
          files
              .filter(each -> each.getFileName().toString().startsWith("quicklime-aoti-"))
              .toList());
    }
  }

  @Test
  void shouldNameItselfWhenUsedAfterClosing() throws IOException {
    assumeThatTheCodeRunsHere();
    AotPackage model = open(tiny());
    Batch batch = model.newBatch();
    model.close();
    model.close();
    assertThrows(IllegalStateException.class, () -> model.score(batch, 1));
  }

  @Test
  void shouldKeepAnInterruptionThatCameWhileItRan() throws IOException {
    assumeThatTheCodeRunsHere();
    try (AotPackage model = open(tiny())) {
      Thread.currentThread().interrupt();
      assertArrayEquals(EXPECTED, score(model, BATCH), 1e-6);
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void shouldChooseTheKindByContentRatherThanByName() throws IOException {
    assumeThatTheCodeRunsHere();
    Path packaged = new TestPackage().write(folder.resolve("package.pt"));
    try (PipelinedClassifier model = Models.open(packaged, options(packaged))) {
      assertInstanceOf(AotPackage.class, model);
    }
    Path script = TestModules.save(folder, "return x.sum([1, 2, 3])");
    Path renamed = Files.copy(script, folder.resolve("script.pt2"));
    try (PipelinedClassifier model = Models.open(renamed, options(renamed))) {
      assertInstanceOf(TorchScript.class, model);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "batch | the batch of | must be 4",
        "precision | the precision of | must be fp32",
        "device | the device of | must be cpu",
        "size | the input of | must be 32×32 with 3 channels",
      })
  void shouldRefuseOptionsThatContradictIt(String what, String first, String second)
      throws IOException {
    assumeThatTheCodeRunsHere();
    Path file = tiny();
    ModelOptions options = options(file);
    ModelOptions other =
        switch (what) {
          case "batch" -> options.withBatch(8);
          case "precision" -> options.withPrecision(Precision.BF16);
          case "device" -> options.withDevice(Device.parse("cuda"));
          default -> ModelOptions.of(options.preprocessing().withSize(64, 32));
        };
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> Models.open(file, other));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(first) && message.contains(second), message);
    assertEquals(1, message.lines().count());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"batch\": 16} | must be 4",
        "{\"precision\": \"bf16\"} | must be fp32",
        "{\"layout\": \"nhwc\"} | must be nchw",
        "{\"device\": \"cuda\"} | must be cpu",
        "{\"format\": \"torchscript\"} | must be aotinductor",
        "{\"versions\": {\"torch\": \"1.13.1\"}} | got 1.13.1",
      })
  void shouldRefuseACardThatContradictsIt(String json, String rule) throws IOException {
    assumeThatTheCodeRunsHere();
    Path file = tiny();
    Files.writeString(folder.resolve("model.json"), json);
    QuicklimeException e =
        assertThrows(QuicklimeException.class, () -> Models.open(file, options(file)));
    assertTrue(e.toString().contains(rule), e.toString());
    assertEquals(1, e.toString().lines().count());
  }

  @Test
  void shouldSayWhenThereAreOtherClassesThanTheCardSays() throws IOException {
    assumeThatTheCodeRunsHere();
    Path file = tiny();
    Files.writeString(folder.resolve("tiny.pt2.json"), "{\"classes\": 5, \"batch\": 4}");
    try (AotPackage model = open(file)) {
      QuicklimeException e = assertThrows(QuicklimeException.class, () -> score(model, 1));
      assertTrue(e.toString().contains("5, got 3"), e.toString());
    }
  }
}
