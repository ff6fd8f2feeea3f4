package dev.quicklime.torch.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.QuicklimeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file holds, it is read or refused in one line. */
class HostileWeightsTest {

  private static final int MUTATIONS = 1500;

  @TempDir Path folder;

  private byte[] torch() throws IOException {
    try (InputStream in = HostileWeightsTest.class.getResourceAsStream("/state-dict.pth")) {
      return in.readAllBytes();
    }
  }

  private byte[] safetensors() throws IOException {
    return Files.readAllBytes(
        new TestWeights()
            .floats("first", List.of(2L, 2L), 1, 2, 3, 4)
            .bytes("second", "BF16", List.of(1L), (byte) 0, (byte) 1)
            .save(folder.resolve("whole")));
  }

  /** Whether all of it could be read. */
  private boolean reads(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("hostile"), bytes);
    try (WeightsFile weights = WeightsFile.open(file)) {
      for (var tensor : Values.tensors(weights).entrySet()) {
        if (tensor.getValue().elements() < 1000) {
          Values.floats(weights, tensor.getKey());
        }
      }
      return true;
    } catch (QuicklimeException e) {
      assertEquals(1, e.toString().lines().count(), e.getMessage());
      assertTrue(e.toString().length() < 1000, e.getMessage());
      return false;
    }
  }

  @Test
  void shouldRefuseFilesThatAreCutOff() throws IOException {
    for (byte[] whole : List.of(torch(), safetensors())) {
      assertTrue(reads(whole));
      for (int length = 0; length < whole.length; length++) {
        assertTrue(!reads(Arrays.copyOf(whole, length)), "read with %d bytes".formatted(length));
      }
    }
  }

  @Test
  void shouldReadOrRefuseFilesWithBytesChanged() throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    for (byte[] whole : List.of(torch(), safetensors())) {
      int refused = 0;
      for (int i = 0; i < MUTATIONS; i++) {
        byte[] changed = whole.clone();
        int changes = random.nextInt(1, 4);
        for (int c = 0; c < changes; c++) {
          changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        if (!reads(changed)) {
          refused++;
        }
      }
      assertTrue(refused > MUTATIONS / 20, "refused only " + refused);
    }
  }
}
