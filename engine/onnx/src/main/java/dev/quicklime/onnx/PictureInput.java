package dev.quicklime.onnx;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.image.Image;
import dev.quicklime.image.Layout;
import dev.quicklime.image.PixelType;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.onnx.internal.file.OnnxFile;
import dev.quicklime.onnx.internal.file.OnnxPort;
import dev.quicklime.onnx.internal.file.OnnxType;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The only input of a model that takes pictures. A size of 0 is one that the file leaves open.
 *
 * @param name what the graph calls it
 * @param type its elements
 * @param layout order of its dimensions
 * @param batch pictures in a pass
 * @param channels of a picture
 * @param height rows of a picture
 * @param width columns of a picture
 */
record PictureInput(
    String name, PixelType type, Layout layout, int batch, int channels, int height, int width) {

  private static final int RANK = 4;
  private static final int MOST_BATCH = 4096;
  private static final int MOST_SIDE = 16384;

  /**
   * Reads it off a file.
   *
   * @param model what messages call it
   * @param asked the layout as the model's card has it, or null
   * @throws QuicklimeException if the file takes something else than pictures
   */
  static PictureInput of(Path model, OnnxFile file, @Nullable Layout asked) {
    OnnxPort input = only(model, file);
    PixelType type = input.type().pixels();
    boolean fits = type != null && (!input.shaped() || input.rank() == RANK);
    for (int i = 0; fits && i < input.rank(); i++) {
      fits = input.size(i) != 0;
    }
    if (type == null || !fits) {
      throw new QuicklimeException(
          ("model %s must take pictures, float32, float16 or uint8 of 4 dimensions, got %s as its"
                  + " input %s%s")
              .formatted(
                  model,
                  input.shown(),
                  input.name(),
                  input.type() == OnnxType.BFLOAT16
                      ? ", which no operator of ONNX Runtime takes on a CPU"
                      : ""));
    }
    if (!input.shaped()) {
      Layout layout = asked == null ? Layout.NCHW : asked;
      return new PictureInput(input.name(), type, layout, 0, 0, 0, 0);
    }
    Layout layout = layout(model, input, asked);
    int channel = layout == Layout.NCHW ? 1 : 3;
    int row = layout == Layout.NCHW ? 2 : 1;
    return new PictureInput(
        input.name(),
        type,
        layout,
        size(model, input, 0, MOST_BATCH),
        size(model, input, channel, Image.MAX_CHANNELS),
        size(model, input, row, MOST_SIDE),
        size(model, input, row + 1, MOST_SIDE));
  }

  /** The only input of a file. */
  static OnnxPort only(Path model, OnnxFile file) {
    if (file.inputs().size() != 1) {
      throw new QuicklimeException(
          "model %s must take one input, got %s%s"
              .formatted(
                  model,
                  file.inputs().size(),
                  file.inputs().stream()
                      .map(port -> port.name() + " " + port.shown())
                      .collect(Collectors.joining(", ", ": ", ""))));
    }
    return file.inputs().getFirst();
  }

  private static int size(Path model, OnnxPort input, int dimension, int most) {
    long size = input.size(dimension);
    if (size > most) {
      throw new QuicklimeException(
          "model %s must take at most %s in dimension %s of its input, got %s"
              .formatted(model, most, dimension, input.shown()));
    }
    return (int) Math.max(0, size);
  }

  /**
   * There are fewer channels than columns, and fewer than rows; where that does not tell, the card
   * does. Where all sizes are open it is the order that nearly all files have.
   */
  private static Layout layout(Path model, OnnxPort input, @Nullable Layout asked) {
    boolean first = channels(input.size(1), input.size(2), input.size(3));
    boolean last = channels(input.size(3), input.size(1), input.size(2));
    Layout found = null;
    if (first != last) {
      found = first ? Layout.NCHW : Layout.NHWC;
    }
    if (found != null && asked != null && found != asked) {
      throw new InvalidInputException(
          "the layout of model %s is %s, as its input is %s, got %s in its card"
              .formatted(model, lower(found), input.shown(), lower(asked)));
    }
    if (found != null) {
      return found;
    }
    if (asked != null) {
      return asked;
    }
    if (first) {
      throw new InvalidInputException(
          ("the layout of model %s cannot be told from its input of %s: its card must name it, nchw"
                  + " or nhwc")
              .formatted(model, input.shown()));
    }
    return Layout.NCHW;
  }

  /** Whether a dimension may be the channels, given the other two of a picture. */
  private static boolean channels(long size, long one, long other) {
    return size > 0
        && size <= Image.MAX_CHANNELS
        && (one < 0 || size <= one)
        && (other < 0 || size <= other);
  }

  private static String lower(Layout layout) {
    return layout.name().toLowerCase(Locale.ROOT);
  }

  /**
   * What holds where nobody says anything: ImageNet's input in the file's own size, or levels as
   * they are where the file takes bytes.
   */
  Preprocessing standard() {
    Preprocessing standard = Preprocessing.imageNet();
    Preprocessing sized =
        standard.withSize(
            width == 0 ? standard.width() : width, height == 0 ? standard.height() : height);
    if (type != PixelType.UINT8) {
      return sized;
    }
    int count = channels == 0 ? sized.channels() : channels;
    return sized
        .withNormalization(Collections.nCopies(count, 0.0), Collections.nCopies(count, 1.0))
        .withoutNormalization();
  }

  /**
   * Compares an input that is asked for with what the file takes.
   *
   * @throws InvalidInputException if they contradict each other
   */
  void check(Path model, Preprocessing asked) {
    if (channels != 0 && asked.channels() != channels) {
      throw new InvalidInputException(
          "model %s takes pictures of %s channels: mean and std must have %s numbers each, got %s"
              .formatted(model, channels, channels, asked.channels()));
    }
    if (type == PixelType.UINT8 && !asked.leavesLevels()) {
      throw new InvalidInputException(
          ("model %s takes levels from 0 to 255 as they are, and normalises them itself: mean and"
                  + " std must be left out, or be 0 and 1/255 for each channel, got %s and %s")
              .formatted(model, asked.mean(), asked.std()));
    }
    if ((width != 0 && asked.width() != width) || (height != 0 && asked.height() != height)) {
      throw new InvalidInputException(
          "the size of model %s is its own, %s×%s, got %s×%s"
              .formatted(model, side(width), side(height), asked.width(), asked.height()));
    }
  }

  private static String side(int size) {
    return size == 0 ? "any" : String.valueOf(size);
  }

  /** What the pixels of a batch are, for people. */
  String pixels() {
    return switch (type) {
      case FLOAT32 -> "float32";
      case BFLOAT16 -> "bfloat16";
      case FLOAT16 -> "float16";
      case UINT8 -> "uint8, levels from 0 to 255 as they are";
    };
  }

  /** Sizes of the dimensions of a batch. */
  long[] shape(Preprocessing input, int pictures) {
    return layout == Layout.NCHW
        ? new long[] {pictures, input.channels(), input.height(), input.width()}
        : new long[] {pictures, input.height(), input.width(), input.channels()};
  }
}
