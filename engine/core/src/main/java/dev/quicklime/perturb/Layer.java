package dev.quicklime.perturb;

import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Layout;
import dev.quicklime.internal.kernel.compose.BlendKernel;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Some planes of a picture and of its fill, in the units that the blend kernel takes. A picture
 * with its channels apart has a layer for every three planes and one for each that is left over;
 * one with its channels interleaved is a single plane.
 */
final class Layer {

  /** How the fill is held. */
  private enum FillForm {
    /** A picture of its own. */
    PICTURE,
    /** One unit for each plane. */
    COLOUR,
    /** Three units in which three channels take turns. */
    THREE_CHANNELS
  }

  /** Longest run of elements after which a kernel's unit of colour may repeat. */
  private static final int COLOUR_PERIOD = 4;

  private final BatchFormat format;
  private final BlendKernel kernel;
  private final int first;
  private final int planes;
  private final int elements;
  private final FillForm form;
  private final MemorySegment shown;
  private final MemorySegment filled;

  private Layer(
      BatchFormat format,
      BlendKernel kernel,
      int first,
      int planes,
      FillForm form,
      MemorySegment memory,
      long at) {
    this.format = format;
    this.kernel = kernel;
    this.first = first;
    this.planes = planes;
    this.form = form;
    this.elements = elements(format);
    this.shown = memory.asSlice(at, pictureBytes(format, planes));
    this.filled = memory.asSlice(at + shown.byteSize(), fillBytes(format, planes, form));
  }

  /** Elements of a plane. */
  static int elements(BatchFormat format) {
    int pixels = format.preprocessing().width() * format.preprocessing().height();
    return format.layout() == Layout.NHWC ? format.elements() : pixels;
  }

  /** Bytes that {@link #split} takes. */
  static long bytes(BatchFormat format, boolean colour) {
    long bytes = 0;
    FillForm form = form(format, colour);
    for (int planes : planes(format)) {
      bytes += pictureBytes(format, planes) + fillBytes(format, planes, form);
    }
    return bytes;
  }

  /** The layers of a picture, still to be {@link #write written}. */
  static List<Layer> split(
      BatchFormat format, boolean colour, BlendKernel kernel, MemorySegment memory, long at) {
    List<Layer> layers = new ArrayList<>();
    FillForm form = form(format, colour);
    int first = 0;
    long next = at;
    for (int planes : planes(format)) {
      layers.add(new Layer(format, kernel, first, planes, form, memory, next));
      first += planes;
      next += pictureBytes(format, planes) + fillBytes(format, planes, form);
    }
    return layers;
  }

  private static List<Integer> planes(BatchFormat format) {
    List<Integer> planes = new ArrayList<>();
    int left = format.layout() == Layout.NHWC ? 1 : format.preprocessing().channels();
    for (; left >= BlendKernel.MAX_PLANES; left -= BlendKernel.MAX_PLANES) {
      planes.add(BlendKernel.MAX_PLANES);
    }
    for (; left > 0; left--) {
      planes.add(1);
    }
    return planes;
  }

  private static FillForm form(BatchFormat format, boolean colour) {
    if (!colour) {
      return FillForm.PICTURE;
    }
    if (format.layout() == Layout.NCHW) {
      return FillForm.COLOUR;
    }
    int channels = format.preprocessing().channels();
    if (COLOUR_PERIOD % channels == 0) {
      return FillForm.COLOUR;
    }
    return channels == BlendKernel.MAX_PLANES ? FillForm.THREE_CHANNELS : FillForm.PICTURE;
  }

  private static long pictureBytes(BatchFormat format, int planes) {
    long plane = (long) elements(format) * format.type().bytes();
    return (plane + BlendKernel.MAX_UNIT - 1)
        / BlendKernel.MAX_UNIT
        * BlendKernel.MAX_UNIT
        * planes;
  }

  private static long fillBytes(BatchFormat format, int planes, FillForm form) {
    return switch (form) {
      case PICTURE -> pictureBytes(format, planes);
      case COLOUR -> (long) BlendKernel.MAX_UNIT * planes;
      case THREE_CHANNELS -> 3L * BlendKernel.MAX_UNIT;
    };
  }

  /** Bytes of picture and fill that an element of all planes comes from. */
  int bytesPerElement() {
    return format.type().bytes() * planes * (form == FillForm.PICTURE ? 2 : 1);
  }

  /**
   * Normalises both pictures, given by row, column and channel.
   *
   * @param shownLevels levels 0 to 255
   * @param filledLevels the same of the filled picture
   */
  void write(float[] shownLevels, float[] filledLevels, Normalizer normalizer) {
    writePicture(shown, shownLevels, normalizer);
    switch (form) {
      case PICTURE -> writePicture(filled, filledLevels, normalizer);
      case COLOUR, THREE_CHANNELS -> writeColour(filledLevels, normalizer);
    }
  }

  private void writePicture(MemorySegment into, float[] levels, Normalizer normalizer) {
    int channels = format.preprocessing().channels();
    int unit = kernel.unit() / format.type().bytes();
    if (format.layout() == Layout.NHWC) {
      for (int i = 0; i < elements; i++) {
        int source = normalizer.source(i % channels);
        normalizer.put(into, i, levels[i - i % channels + source], source);
      }
      return;
    }
    for (int p = 0; p < planes; p++) {
      int source = normalizer.source(first + p);
      for (int i = 0; i < elements; i++) {
        long element = (long) (i / unit * planes + p) * unit + i % unit;
        normalizer.put(into, element, levels[i * channels + source], source);
      }
    }
  }

  /** The fill's first pixel stands for all of them. */
  private void writeColour(float[] levels, Normalizer normalizer) {
    int unit = kernel.unit() / format.type().bytes();
    int units = form == FillForm.THREE_CHANNELS ? BlendKernel.MAX_PLANES : planes;
    int count = units * unit;
    for (int i = 0; i < count; i++) {
      int channel =
          format.layout() == Layout.NHWC ? i % format.preprocessing().channels() : first + i / unit;
      int source = normalizer.source(channel);
      normalizer.put(filled, i, levels[source], source);
    }
  }

  /** The normalised picture, in units. */
  MemorySegment shown() {
    return shown;
  }

  /** The normalised fill: a picture, or its colours. */
  MemorySegment filled() {
    return filled;
  }

  /**
   * Composes some elements of one sample.
   *
   * @param bits which of them are shown
   * @param from first element of the plane, a multiple of three units
   * @param count how many of each plane
   * @param sample byte of the batch where the sample starts
   */
  void blend(byte[] bits, int from, int count, MemorySegment batch, long sample) {
    int size = format.type().bytes();
    long stride = (long) elements * size;
    long at = (long) from * size * planes;
    long target = sample + first * stride + (long) from * size;
    assert at % ((long) kernel.unit() * planes) == 0
        && (form != FillForm.THREE_CHANNELS || at % (3L * kernel.unit()) == 0);
    switch (size) {
      case Float.BYTES -> blendFloats(bits, count, batch, at, target, stride);
      case Short.BYTES -> blendShorts(bits, count, batch, at, target, stride);
      default -> blendBytes(bits, count, batch, at, target, stride);
    }
  }

  private void blendFloats(
      byte[] bits, int count, MemorySegment batch, long at, long target, long stride) {
    switch (form) {
      case PICTURE -> kernel.floats(bits, count, planes, shown, filled, at, batch, target, stride);
      case COLOUR ->
          kernel.floatsOnColour(bits, count, planes, shown, filled, at, batch, target, stride);
      case THREE_CHANNELS ->
          kernel.floatsOnThreeChannels(bits, count, shown, filled, at, batch, target);
    }
  }

  private void blendShorts(
      byte[] bits, int count, MemorySegment batch, long at, long target, long stride) {
    switch (form) {
      case PICTURE -> kernel.shorts(bits, count, planes, shown, filled, at, batch, target, stride);
      case COLOUR ->
          kernel.shortsOnColour(bits, count, planes, shown, filled, at, batch, target, stride);
      case THREE_CHANNELS ->
          kernel.shortsOnThreeChannels(bits, count, shown, filled, at, batch, target);
    }
  }

  private void blendBytes(
      byte[] bits, int count, MemorySegment batch, long at, long target, long stride) {
    switch (form) {
      case PICTURE -> kernel.bytes(bits, count, planes, shown, filled, at, batch, target, stride);
      case COLOUR ->
          kernel.bytesOnColour(bits, count, planes, shown, filled, at, batch, target, stride);
      case THREE_CHANNELS ->
          kernel.bytesOnThreeChannels(bits, count, shown, filled, at, batch, target);
    }
  }
}
