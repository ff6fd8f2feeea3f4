package dev.quicklime.files.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzWriterTest {
  @TempDir Path folder;

  @Test
  void shouldWriteWhatTheReaderReads() throws IOException {
    Path file = folder.resolve("run.npz");
    double[] many = new double[20_001];
    java.util.Arrays.setAll(many, i -> i * 0.5 - 3);
    write(file, many);
    assertArrayEquals(new int[] {-1, 2, 3, Integer.MIN_VALUE}, read(file, "labels").toInts());
    assertArrayEquals(new int[] {2, 2}, read(file, "labels").shape());
    assertArrayEquals(many, read(file, "scores").toDoubles());
    assertArrayEquals(new double[] {1.5, -0.0}, read(file, "maps").toDoubles());
    assertArrayEquals(new int[] {3, 4}, read(file, "masks").shape());
    assertArrayEquals(
        new int[] {0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23}, read(file, "masks").toInts());
    assertArrayEquals(new int[] {0}, read(file, "none").shape());
  }

  @Test
  void shouldWriteTheSameBytesForTheSameArrays() throws IOException {
    Path first = folder.resolve("a.npz");
    Path second = folder.resolve("b.npz");
    write(first, new double[9]);
    write(second, new double[9]);
    assertEquals(-1, Files.mismatch(first, second));
  }

  @Test
  void shouldRefuseShapesThatDoNotMatch() throws IOException {
    try (NpzWriter npz = new NpzWriter(folder.resolve("c.npz"))) {
      assertThrows(InvalidInputException.class, () -> npz.ints("a", new int[] {2, 2}, new int[3]));
      assertThrows(
          InvalidInputException.class, () -> npz.doubles("a", new int[] {-1}, new double[1]));
      assertThrows(
          InvalidInputException.class,
          () -> npz.bytes("a", new int[0], (row, into) -> into[0] = 0));
      npz.ints("a", new int[] {1}, new int[1]);
      assertThrows(InvalidInputException.class, () -> npz.ints("a", new int[] {1}, new int[1]));
    }
  }

  @Test
  void shouldRefuseWorkOnceClosed() throws IOException {
    NpzWriter npz = new NpzWriter(folder.resolve("d.npz"));
    npz.ints("a", new int[] {1}, new int[1]);
    npz.close();
    npz.close();
    assertThrows(IllegalStateException.class, () -> npz.ints("b", new int[] {1}, new int[1]));
  }

  private static void write(Path file, double[] many) throws IOException {
    try (NpzWriter npz = new NpzWriter(file)) {
      npz.ints("labels", new int[] {2, 2}, new int[] {-1, 2, 3, Integer.MIN_VALUE});
      npz.doubles("scores", new int[] {many.length}, many);
      npz.floats("maps", new int[] {1, 2, 1}, new float[] {1.5f, -0f});
      npz.bytes(
          "masks",
          new int[] {3, 4},
          (row, into) -> {
            for (int i = 0; i < into.length; i++) {
              into[i] = (byte) (10 * row + i);
            }
          });
      npz.ints("none", new int[] {0}, new int[0]);
    }
  }

  private static NpyArray read(Path file, String name) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile());
        InputStream in = zip.getInputStream(zip.getEntry(name + ".npy"))) {
      return NpyArray.parse(in.readAllBytes());
    }
  }
}
