package dev.quicklime.internal.kernel.masks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.internal.kernel.Implementation;
import dev.quicklime.internal.kernel.KernelSet;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountKernelTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 8, 13, 31, 63, 64, 65, 127, 128, 129, 207, 500, 513})
  void shouldLookUpWhatTheScalarLoopLooksUp(int rows) {
    SplittableRandom random = new SplittableRandom(rows);
    for (int wordsPerRow : new int[] {1, 2, 3, 4, 7, 8, 9, 13, 16, 17, 33, 63, 64}) {
      long[] words = random.longs((long) rows * wordsPerRow).toArray();
      double[] table = random.doubles(64L * wordsPerRow + 1).toArray();
      double[][] results = new double[2][rows + 1];
      for (Implementation form : Implementation.values()) {
        double[] into = results[form == Implementation.SCALAR ? 0 : 1];
        Arrays.fill(into, -1);
        KernelSet.of(form).count().lookUp(words, wordsPerRow, table, into, rows);
        assertEquals(-1, into[rows], "number past the last row");
      }
      assertArrayEquals(results[0], results[1]);
    }
  }

  @ParameterizedTest
  @EnumSource(Implementation.class)
  void shouldCountNoneAllAndTheFirstAndTheLastBit(Implementation form) {
    for (int wordsPerRow : new int[] {1, 2, 3, 8, 11, 64}) {
      long[] words = new long[4 * wordsPerRow];
      Arrays.fill(words, wordsPerRow, 2 * wordsPerRow, -1);
      words[2 * wordsPerRow] = 1;
      words[4 * wordsPerRow - 1] = Long.MIN_VALUE | 1;
      double[] table = IntStream.rangeClosed(0, 64 * wordsPerRow).asDoubleStream().toArray();
      double[] into = new double[4];
      KernelSet.of(form).count().lookUp(words, wordsPerRow, table, into, 4);
      assertArrayEquals(new double[] {0, 64 * wordsPerRow, 1, 2}, into);
    }
  }
}
