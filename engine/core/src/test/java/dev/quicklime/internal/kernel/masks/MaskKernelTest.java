package dev.quicklime.internal.kernel.masks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.internal.kernel.Implementation;
import dev.quicklime.internal.kernel.KernelSet;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskKernelTest {

  private static final int STREAMS = MaskKernel.STREAMS;
  private static final long CANARY = 0xA5A5_A5A5_A5A5_A5A5L;

  private static long[] seeded(long seed) {
    long[] state = new long[MaskKernel.STATE];
    MaskKernel.seed(seed, state);
    return state;
  }

  private static long[] draw(Implementation form, long seed, double p, int count) {
    long[] words = new long[count];
    KernelSet.of(form).masks().draw(seeded(seed), MaskKernel.threshold(p), words, 0, count);
    return words;
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0.5,
        0.25,
        0.75,
        0.625,
        0.1,
        0.3,
        0.9,
        0.999,
        1e-3,
        0x1p-13,
        0x1p-14,
        0x1p-15,
        0x1.8p-15,
        0x1.0002p-1,
        0x1.0001p-1,
        0x1p-63,
        0x1p-64,
        Double.MIN_VALUE,
        0x1.fffffffffffffp-1
      })
  void shouldDrawTheWordsOfTheScalarLoop(double p) {
    for (int count : new int[] {0, 8, 16, 24, 64, 504, 4096}) {
      for (int from : new int[] {0, 1, 5}) {
        long[][] words = new long[2][count + from + 3];
        long[][] states = {seeded(count), seeded(count)};
        for (Implementation form : Implementation.values()) {
          int at = form == Implementation.SCALAR ? 0 : 1;
          Arrays.fill(words[at], CANARY);
          MaskKernel kernel = KernelSet.of(form).masks();
          long threshold = MaskKernel.threshold(p);
          kernel.draw(states[at], threshold, words[at], from, count);
          for (int i = 0; i < words[at].length; i++) {
            assertTrue((i >= from && i < from + count) || words[at][i] == CANARY, "word " + i);
          }
          // The generators must have moved as far, too.
          kernel.draw(states[at], threshold, words[at], 0, count);
        }
        assertArrayEquals(words[0], words[1]);
        assertArrayEquals(
            Arrays.copyOf(states[0], MaskKernel.SCRATCH),
            Arrays.copyOf(states[1], MaskKernel.SCRATCH));
      }
    }
  }

  /** Words that a program in another language found from the description of the law. */
  @ParameterizedTest
  @CsvSource({
    "42, 0.5, d0764d4f4476689f, 2e1dcb83efb37d39, 519e4174576f3791, d01fd0067f3ec5ab",
    "42, 0.3, 010caf3014110998, 3252a00095088054, 608d24b3ce004c98, eeaa2761beac2e37",
    "0, 0.999, ffffffffffffffff, ffffffffffffffff, ffffffffffffffff, aaa5d911ea1f0b4d",
    "-1, 0.25, 46848842040a0390, 2008d2214018e881, 4209110001108a03, 1091a131dfd57017",
    "7, 0.001, 0, 0, 0, c7621896f275098e"
  })
  void shouldDrawTheWordsThatAreKnownOfASeed(
      long seed, double p, String word0, String word1, String word8, String hash) {
    for (Implementation form : Implementation.values()) {
      long[] words = draw(form, seed, p, 5000);
      assertEquals(Long.parseUnsignedLong(word0, 16), words[0]);
      assertEquals(Long.parseUnsignedLong(word1, 16), words[1]);
      assertEquals(Long.parseUnsignedLong(word8, 16), words[8]);
      long sum = 0;
      for (long word : words) {
        sum = 31 * sum + word;
      }
      assertEquals(Long.parseUnsignedLong(hash, 16), sum);
    }
  }

  /** The values that the authors' C program prints for this state. */
  @ParameterizedTest
  @EnumSource(Implementation.class)
  void shouldStepAsTheAuthorsOfTheGeneratorDo(Implementation form) {
    long[] state = new long[MaskKernel.STATE];
    for (int k = 0; k < 4; k++) {
      Arrays.fill(state, k * STREAMS, (k + 1) * STREAMS, k + 1);
    }
    long[] words = new long[5 * STREAMS];
    KernelSet.of(form).masks().draw(state, MaskKernel.threshold(0.5), words, 0, words.length);
    long[] known = {41943041, 58720359, 3588806011781223L, 3591011842654386L, 0x8012a2019ac433cdL};
    for (int i = 0; i < words.length; i++) {
      assertEquals(known[i / STREAMS], words[i]);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.3, 0x1p-20})
  void shouldDrawTheSameWordsInOneCallAndInSeveral(double p) {
    for (Implementation form : Implementation.values()) {
      long[] atOnce = draw(form, 11, p, 800);
      long[] words = new long[800];
      long[] state = seeded(11);
      for (int from = 0, count = 8; from < 800; from += count, count = Math.min(96, 800 - from)) {
        KernelSet.of(form).masks().draw(state, MaskKernel.threshold(p), words, from, count);
      }
      assertArrayEquals(atOnce, words);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 0.1, 0.3, 0.5, 0.75, 0.9, 0.999})
  void shouldDrawOnesWithTheProbabilityAskedFor(double p) {
    int count = 64_000;
    long[] words = draw(Implementation.SCALAR, 1, p, count);
    long ones = 0;
    long both = 0;
    long[] pairs = new long[STREAMS];
    int[] columns = new int[Long.SIZE];
    for (int i = 0; i < count; i++) {
      ones += Long.bitCount(words[i]);
      both += Long.bitCount(words[i] & Long.rotateLeft(words[i], 1));
      for (int k = 0; k < STREAMS; k++) {
        pairs[k] += Long.bitCount(words[i] & words[(i + k + 1) % count]);
      }
      for (int bit = 0; bit < Long.SIZE; bit++) {
        columns[bit] += (int) (words[i] >>> bit & 1);
      }
    }
    double bits = 64.0 * count;
    assertEquals(p, ones / bits, 5 * deviation(p, bits), "mean");
    for (int bit = 0; bit < Long.SIZE; bit++) {
      assertEquals(p, (double) columns[bit] / count, 5 * deviation(p, count), "bit " + bit);
    }
    assertEquals(p * p, both / bits, 6 * deviation(p * p, bits) + 2e-7, "neighbours");
    // The last of them are successive words of one stream.
    for (int k = 0; k < STREAMS; k++) {
      assertEquals(p * p, pairs[k] / bits, 6 * deviation(p * p, bits) + 2e-7, "words");
    }
  }

  private static double deviation(double p, double n) {
    // Pairs that share a bit are dependent, which at most triples their variance.
    return Math.sqrt(3 * p * (1 - p) / n);
  }

  @Test
  void shouldTellApartProbabilitiesWhoseFirstDigitsAreTheSame() {
    // Of 2^22 bits about 4096 turn on the digit after the first ten.
    long[] fewer = draw(Implementation.VECTOR, 5, 0x1.0p-1, 1 << 16);
    long[] more = draw(Implementation.VECTOR, 5, 0x1.008p-1, 1 << 16);
    double gained = (double) (ones(more) - ones(fewer)) / (1 << 22);
    assertEquals(0x1p-10, gained, 5 * Math.sqrt(0.5 / (1 << 22)));
  }

  private static long ones(long[] words) {
    return Arrays.stream(words).map(Long::bitCount).sum();
  }

  @Test
  void shouldTakeTheDigitsOfAProbabilityAsTheyAre() {
    assertEquals(1L << 63, MaskKernel.threshold(0.5));
    assertEquals(0b11L << 62, MaskKernel.threshold(0.75));
    assertEquals(-1L << 11, MaskKernel.threshold(Math.nextDown(1.0)));
    assertEquals(2, MaskKernel.threshold(0x1p-63));
    assertEquals(0, MaskKernel.threshold(0x1p-64));
    assertEquals(0x4CCC_CCCC_CCCC_CC00L, MaskKernel.threshold(0.3) & -1L << 10);
    assertEquals(1, MaskKernel.digits(1L << 63));
    assertEquals(0, MaskKernel.digits(0));
  }
}
