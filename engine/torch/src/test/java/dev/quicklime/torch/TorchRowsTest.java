package dev.quicklime.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.model.Device;
import dev.quicklime.torch.internal.TestModules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchRowsTest {

  @TempDir private Path folder = Path.of("");

  private TorchRows model(String body, int batch) {
    return TorchRows.open(TestModules.save(folder, body), Device.cpu(), batch, 1);
  }

  @Test
  void shouldScoreRowsAndDropThePadding() {
    try (TorchRows model =
        model("return torch.stack([x[:, 0] + 10 * x[:, 1], x.sum() + 0 * x[:, 0]], 1)", 4)) {
      // The second score is of the whole batch: what an earlier one left must not come through.
      assertArrayEquals(new double[] {21, 3}, model.score(new double[] {1, 2}, 2));
      assertArrayEquals(
          new double[] {1, 8, 2, 8, 3, 8, 2, 8},
          model.score(new double[] {1, 0, 2, 0, 3, 0, 2, 0}, 2));
      assertArrayEquals(new double[] {21, 3}, model.score(new double[] {1, 2}, 2));
      assertTrue(model.singlePrecision());
      assertEquals(4, model.batchSize());
      assertEquals("cpu", model.info().device());
    }
  }

  @Test
  void shouldTakeAVectorForARegressionAndRowsOfAnotherWidth() {
    try (TorchRows model = model("return x.sum(1)", 3)) {
      assertArrayEquals(new double[] {3, 7}, model.score(new double[] {1, 2, 3, 4}, 2));
      assertArrayEquals(new double[] {6}, model.score(new double[] {1, 2, 3}, 3));
    }
  }

  @Test
  void shouldSayWhichWidthAModelDidNotTake() {
    try (TorchRows model = model("return x.matmul(torch.ones(3, 2))", 4)) {
      assertEquals(2, model.score(new double[3], 3).length);
      String said =
          String.valueOf(
              assertThrows(QuicklimeException.class, () -> model.score(new double[4], 4))
                  .getMessage());
      assertTrue(said.contains("rows of 4 numbers"), said);
      assertEquals(1, said.lines().count());
    }
  }

  @Test
  void shouldRefuseWhatIsNoModelOfRows() throws IOException {
    Path text = Files.writeString(folder.resolve("text.pt"), "no archive");
    assertThrows(QuicklimeException.class, () -> TorchRows.open(text, Device.cpu(), 1, 1));
    assertThrows(
        InvalidInputException.class,
        () -> TorchRows.open(folder.resolve("none.pt"), Device.cpu(), 1, 1));
    assertThrows(InvalidInputException.class, () -> model("return x", 0));
    try (TorchRows model = model("return x.sum(1).long()", 2)) {
      assertThrows(QuicklimeException.class, () -> model.score(new double[2], 2));
    }
    try (TorchRows model = model("return x.unsqueeze(2).repeat(1, 1, 2)", 2)) {
      assertThrows(QuicklimeException.class, () -> model.score(new double[2], 2));
      assertThrows(InvalidInputException.class, () -> model.score(new double[6], 2));
      assertThrows(InvalidInputException.class, () -> model.score(new double[3], 2));
    }
    TorchRows closed = model("return x", 2);
    closed.close();
    closed.close();
    assertThrows(IllegalStateException.class, () -> closed.score(new double[2], 2));
  }
}
