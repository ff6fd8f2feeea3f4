package dev.quicklime.internal.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadBudgetTest {

  private static final long MIB = 1 << 20;

  @Test
  void shouldLetSmallFilesBecomeSixteenMebibytes() {
    ReadBudget budget = ReadBudget.of(300, 1024 * MIB);
    budget.take(10 * MIB);
    budget.take(6, MIB);
    assertEquals(0, budget.left());
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> budget.take(1));
    assertTrue(e.getMessage().contains("300 bytes may become 16777216"), e.getMessage());
  }

  @Test
  void shouldLetLargerFilesBecomeTwoHundredAndFiftySixTimesAsLarge() {
    assertEquals(256 * MIB, ReadBudget.of(MIB, 8192 * MIB).left());
  }

  @Test
  void shouldLetNoFileTakeMoreThanAQuarterOfTheHeap() {
    ReadBudget budget = ReadBudget.of(100 * MIB, 256 * MIB);
    assertEquals(64 * MIB, budget.left());
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> budget.check(64 * MIB + 1));
    assertTrue(e.getMessage().contains("a quarter of the JVM's heap"), e.getMessage());
    budget.take(64 * MIB);
  }

  @Test
  void shouldNotOverflow() {
    ReadBudget budget = ReadBudget.of(Long.MAX_VALUE, Long.MAX_VALUE);
    assertThrows(InvalidInputException.class, () -> budget.take(Long.MAX_VALUE, 8));
    assertThrows(InvalidInputException.class, () -> budget.take(-1));
    budget.take(1 << 20, 8);
    assertThrows(InvalidInputException.class, () -> budget.take(Long.MAX_VALUE));
  }

  @Test
  void shouldReadSmallFilesAndRefuseLargerOnes(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("f"), new byte[] {1, 2, 3});
    assertArrayEquals(new byte[] {1, 2, 3}, ReadBudget.small(file, 3));
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> ReadBudget.small(file, 2));
    assertEquals("the file must have at most 2 bytes here, got 3", e.getMessage());
  }
}
