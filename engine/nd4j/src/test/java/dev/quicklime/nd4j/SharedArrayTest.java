package dev.quicklime.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.MaskMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SharedArrayTest {

  private static final ValueLayout.OfDouble NUMBER = ValueLayout.JAVA_DOUBLE;

  @Test
  void shouldShowWhatIsWrittenThroughOneSideOnTheOther() {
    try (SharedArray shared = SharedArray.copyOf(new double[] {0, 1, 2, 3, 4, 5}, 2, 3)) {
      MemorySegment segment = shared.segment();
      INDArray array = shared.array();
      assertEquals(segment.address(), array.data().address());
      segment.setAtIndex(NUMBER, 4, 40);
      assertEquals(40, array.getDouble(1, 1));
      assertEquals(51, array.sumNumber().doubleValue());
      array.putScalar(0, 2, -7);
      assertEquals(-7, segment.getAtIndex(NUMBER, 2));
      array.muli(2);
      assertEquals(80, segment.getAtIndex(NUMBER, 4));
      INDArray row = array.getRow(1);
      row.addi(100);
      assertEquals(180, segment.getAtIndex(NUMBER, 4));
      array.transpose().putScalar(2, 0, 9);
      assertEquals(9, segment.getAtIndex(NUMBER, 2));
      assertEquals(9, shared.array().getDouble(0, 2));
    }
  }

  @Test
  void shouldCopyWhatLiesOnTheHeap() {
    double[] values = {1, 2};
    try (SharedArray shared = SharedArray.copyOf(values, 2)) {
      shared.array().addi(1);
      assertArrayEquals(new double[] {1, 2}, values);
      assertArrayEquals(new double[] {2, 3}, shared.array().toDoubleVector());
    }
  }

  @Test
  void shouldUnpackMasks() {
    boolean[][] rows = new boolean[3][70];
    rows[0][0] = rows[0][63] = rows[1][64] = rows[2][69] = true;
    try (SharedArray masks = SharedArray.of(MaskMatrix.of(rows))) {
      assertArrayEquals(new long[] {3, 70}, masks.shape());
      INDArray array = masks.array();
      for (int r = 0; r < 3; r++) {
        for (int j = 0; j < 70; j++) {
          assertEquals(rows[r][j] ? 1 : 0, array.getDouble(r, j));
        }
      }
      assertEquals(2, array.getRow(0).sumNumber().doubleValue());
    }
  }

  @Test
  void shouldGiveOutNothingOnceClosedAndKeepWhatItGave() {
    SharedArray shared = SharedArray.zeros(2, 2);
    INDArray array = shared.array();
    MemorySegment segment = shared.segment();
    shared.close();
    shared.close();
    assertEquals(
        "this shared array of shape [2, 2] is closed",
        assertThrows(IllegalStateException.class, shared::array).getMessage());
    assertThrows(IllegalStateException.class, shared::segment);
    array.addi(3);
    assertEquals(3, segment.getAtIndex(NUMBER, 3));
  }

  @Test
  void shouldLoseOnlyTheArrayThatIsClosedAndItsViews() {
    try (SharedArray shared = SharedArray.zeros(2, 2)) {
      INDArray first = shared.array();
      INDArray row = first.getRow(0);
      INDArray second = shared.array();
      first.close();
      assertThrows(IllegalStateException.class, first::sumNumber);
      assertThrows(IllegalStateException.class, () -> row.getDouble(1));
      second.addi(1);
      assertEquals(1, shared.segment().getAtIndex(NUMBER, 0));
    }
  }

  /** A view of memory whose owner, segment and first array are gone. */
  private record Orphan(INDArray row, WeakReference<MemorySegment> memory) {

    static Orphan make() {
      try (SharedArray shared = SharedArray.zeros(64, 1024)) {
        shared.array().addi(5);
        return new Orphan(shared.array().getRow(63), new WeakReference<>(shared.segment()));
      }
    }

    WeakReference<MemorySegment> weak() {
      return memory;
    }
  }

  @Test
  void shouldKeepMemoryAsLongAsAViewRefersToItAndNoLonger() throws InterruptedException {
    Orphan orphan = Orphan.make();
    WeakReference<MemorySegment> memory = orphan.weak();
    for (int i = 0; i < 5; i++) {
      System.gc();
      Thread.sleep(20);
      // What was freed would soon be another's.
      Nd4j.zeros(64, 1024).addi(-1);
    }
    assertNotNull(memory.get(), "freed under a view");
    assertEquals(5 * 1024, orphan.row().sumNumber().doubleValue());
    assertFalse(orphan.row().wasClosed());
    orphan = null;
    for (int i = 0; i < 200 && memory.get() != null; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertNull(memory.get(), "never freed");
  }

  @Test
  void shouldRefuseShapesThatNoMemoryHas() {
    assertThrows(InvalidInputException.class, () -> SharedArray.zeros());
    assertThrows(InvalidInputException.class, () -> SharedArray.zeros(3, 0));
    assertThrows(InvalidInputException.class, () -> SharedArray.zeros(-1));
    assertThrows(InvalidInputException.class, () -> SharedArray.zeros(1L << 40, 1L << 40));
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> SharedArray.copyOf(new double[5], 2, 3));
    assertTrue(e.toString().contains("must have 6 numbers, got 5"), e.toString());
  }
}
