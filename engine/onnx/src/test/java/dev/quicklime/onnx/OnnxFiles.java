package dev.quicklime.onnx;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.image.Layout;
import dev.quicklime.image.PixelType;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Batch;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.PipelinedClassifier;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.function.Executable;

/** The models of the tests, which {@code make.py} wrote. */
final class OnnxFiles {

  private OnnxFiles() {}

  static Path file(String name) {
    URL file = Objects.requireNonNull(OnnxFiles.class.getResource(name + ".onnx"), name);
    try {
      return Path.of(file.toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** What its card and the file itself say. */
  static ModelOptions options(Path file) {
    return ModelOptions.of(OnnxModels.card(file).preprocessing()).withThreads(1);
  }

  /** Options for a file that is told the size. */
  static ModelOptions options(int width, int height) {
    return ModelOptions.of(Preprocessing.imageNet().withSize(width, height)).withThreads(1);
  }

  /** Writes the same number into a channel of some picture of a batch. */
  static void fill(PipelinedClassifier model, Batch batch, int picture, int channel, float value) {
    Preprocessing input = model.format().preprocessing();
    int channels = input.channels();
    int pixels = input.width() * input.height();
    long start = (long) picture * pixels * channels;
    for (int i = 0; i < pixels; i++) {
      long at =
          model.format().layout() == Layout.NHWC
              ? (long) i * channels + channel
              : (long) channel * pixels + i;
      put(batch, model.format().type(), start + at, value);
    }
  }

  private static void put(Batch batch, PixelType type, long element, float value) {
    switch (type) {
      case FLOAT32 -> batch.pixels().setAtIndex(JAVA_FLOAT, element, value);
      case FLOAT16 -> batch.pixels().setAtIndex(JAVA_SHORT, element, Float.floatToFloat16(value));
      case UINT8 -> batch.pixels().set(JAVA_BYTE, element, (byte) value);
      case BFLOAT16 -> throw new AssertionError(type);
    }
  }

  /**
   * Scores of pictures whose channels hold 1, 2, 4, then one more each from picture to picture; the
   * memory held something else before.
   */
  static double[] scores(PipelinedClassifier model, int pictures) {
    try (Batch batch = model.newBatch()) {
      batch.pixels().fill((byte) 0x41);
      for (int picture = 0; picture < pictures; picture++) {
        for (int channel = 0; channel < 3; channel++) {
          fill(model, batch, picture, channel, picture + (1 << channel));
        }
      }
      return model.score(batch, pictures);
    }
  }

  /** What {@link #scores} are. */
  static double[] linear(int pictures) {
    double[] scores = new double[2 * pictures];
    for (int picture = 0; picture < pictures; picture++) {
      scores[2 * picture] = 1 + .375 * picture;
      scores[2 * picture + 1] = 7.5 + 1.5 * picture;
    }
    return scores;
  }

  /** The one line with which something is refused, whichever of the two causes it has. */
  static String refusal(Executable executable) {
    RuntimeException e = assertThrows(RuntimeException.class, executable);
    assertTrue(e instanceof QuicklimeException || e instanceof InvalidInputException, "" + e);
    String message = Objects.requireNonNull(e.getMessage());
    assertFalse(message.isBlank() || message.lines().count() != 1, message);
    return message;
  }
}
