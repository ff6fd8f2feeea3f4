package dev.quicklime.internal.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.QuicklimeException;
import dev.quicklime.internal.scoring.OutputChoice.Output;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutputChoiceTest {

  private static final Output FEATURES = floats("features", 4, 8, 7, 7);
  private static final Output SCORES = floats("scores", 4, 10);
  private static final Output NONE = new Output("hidden", "None", false, new long[0]);

  private static Output floats(String name, long... shape) {
    return new Output(name, "float32", true, shape);
  }

  private static int chosen(@Nullable String asked, Output... outputs) {
    return OutputChoice.of("m.pt", List.of(outputs), asked, 4);
  }

  private static @Nullable String refused(@Nullable String asked, Output... outputs) {
    return assertThrows(QuicklimeException.class, () -> chosen(asked, outputs)).getMessage();
  }

  @Test
  void shouldTakeTheOnlyOneThatCanBeScores() {
    assertEquals(0, chosen(null, SCORES));
    assertEquals(0, chosen(null, SCORES, NONE));
    assertEquals(2, chosen(null, FEATURES, NONE, SCORES));
    Output indices = new Output("indices", "int64", false, new long[] {4, 10});
    assertEquals(1, chosen(null, indices, SCORES));
  }

  @Test
  void shouldCountClassesWhereTrailingDimensionsAreOne() {
    assertEquals(10, SCORES.classes(4));
    assertEquals(1, floats("", 4).classes(4));
    assertEquals(1, floats("", 4, 1).classes(4));
    assertEquals(10, floats("", 4, 10, 1, 1).classes(4));
    assertEquals(0, floats("", 4, 10, 2, 1).classes(4));
    assertEquals(0, floats("", 4, 0).classes(4));
    assertEquals(0, floats("", 10, 4).classes(4));
    assertEquals(0, floats("").classes(4));
  }

  @Test
  void shouldTakeWhatIsCalledLogitsAmongSeveral() {
    assertEquals(1, chosen(null, SCORES, floats("logits", 4, 10)));
    assertEquals(0, chosen("scores", SCORES, floats("logits", 4, 10)));
    assertEquals(0, chosen("0", SCORES, floats("logits", 4, 10)));
  }

  @Test
  void shouldTakeANameBeforeAnIndex() {
    assertEquals(1, chosen("0", SCORES, floats("0", 4, 10)));
  }

  @Test
  void shouldListWhatThereIsWhereItCannotTell() {
    assertEquals(
        "model m.pt must return one tensor of scores, or call one logits, got several: name the"
            + " output, one of 0 scores: float32[4, 10]; 1: float32[4]; 2 hidden: None",
        refused(null, SCORES, floats("", 4), NONE));
    assertEquals(
        "model m.pt must return a tensor of floating-point scores, [4, classes], got"
            + " 0 features: float32[4, 8, 7, 7]",
        refused(null, FEATURES));
    assertEquals(
        "the output of model m.pt must be one of 0 scores: float32[4, 10], got 1",
        refused("1", SCORES));
    assertEquals(
        "the output of model m.pt must be one of 0 scores: float32[4, 10], got logits",
        refused("logits", SCORES));
    assertEquals(
        "output features of model m.pt must be a tensor of floating-point scores, [4, classes],"
            + " got 0 features: float32[4, 8, 7, 7]",
        refused("features", FEATURES, SCORES));
  }
}
