package dev.quicklime.torch;

import dev.quicklime.QuicklimeException;
import dev.quicklime.image.Layout;
import dev.quicklime.image.PixelType;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one tensor that compiled code reads, without checking that it got it.
 *
 * @param type number format of an element
 * @param layout order of the elements
 * @param leastBatch fewest pictures of a forward pass, ≥ 1
 * @param mostBatch most of them; as few, unless it was compiled for any number
 * @param channels channels of a picture, ≥ 1
 * @param height its rows, ≥ 1
 * @param width its columns, ≥ 1
 */
record PackageInput(
    PixelType type,
    Layout layout,
    int leastBatch,
    int mostBatch,
    int channels,
    int height,
    int width) {

  private static final int MAX_BATCH = 4096;

  private static final Pattern INPUTS =
      Pattern.compile("steal_from_raw_handles_to_raii_handles\\(input_handles, (\\d+)\\)");
  private static final Pattern CHECKS =
      Pattern.compile("static void check_input_0\\(.*?\\n}", Pattern.DOTALL);
  private static final Pattern TYPE =
      Pattern.compile("_expected_dtype = aoti_torch_dtype_(\\w+)\\(\\)");
  private static final Pattern SIZE = Pattern.compile("\\((\\d+) != \\w+_size\\[(\\d)]\\)");
  private static final Pattern STRIDE = Pattern.compile("\\((\\d+) != \\w+_stride\\[(\\d)]\\)");
  private static final Pattern LEAST = Pattern.compile("_size\\[0] < (\\d+)\\)");
  private static final Pattern MOST = Pattern.compile("_size\\[0] > (\\d+)\\)");

  /** Whether any number of pictures in a range can be run at once. */
  boolean dynamic() {
    return leastBatch != mostBatch;
  }

  /**
   * Finds it in the source that the package was compiled from, where inductor writes down what the
   * code relies on, or else in the notes of the exporter.
   *
   * @param source C++ of the wrapper, or null if the package has none
   * @param notes the package's metadata
   * @throws QuicklimeException if neither says it, or if it is no batch of pictures
   */
  static PackageInput of(@Nullable String source, Map<String, String> notes) {
    if (source != null) {
      Matcher inputs = INPUTS.matcher(source);
      if (inputs.find() && !inputs.group(1).equals("1")) {
        throw new QuicklimeException("must take one tensor, got " + inputs.group(1));
      }
      Matcher checks = CHECKS.matcher(source);
      if (checks.find()) {
        return ofChecks(checks.group());
      }
    }
    String type = notes.get("quicklime.dtype");
    String shape = notes.get("quicklime.shape");
    String strides = notes.get("quicklime.strides");
    if (type == null || shape == null || strides == null) {
      throw new QuicklimeException(
          "must say which input it was compiled for, in its C++ source or in the notes that"
              + " samples/export/export_model.py leaves, got neither");
    }
    long[] sizes = numbers("quicklime.shape", shape);
    int batch = Math.clamp(sizes[0], 0, Integer.MAX_VALUE);
    return of(type, sizes, numbers("quicklime.strides", strides), batch, batch);
  }

  private static PackageInput ofChecks(String checks) {
    Matcher type = TYPE.matcher(checks);
    if (!type.find()) {
      throw new QuicklimeException("must say the number format of its input, got none");
    }
    long[] sizes = indexed(SIZE, checks);
    long least = sizes[0];
    long most = sizes[0];
    if (sizes[0] < 0) {
      least = first(LEAST, checks, 1);
      most = first(MOST, checks, MAX_BATCH);
    }
    return of(
        type.group(1),
        sizes,
        indexed(STRIDE, checks),
        Math.clamp(least, 0, MAX_BATCH + 1),
        Math.clamp(most, 0, MAX_BATCH));
  }

  private static PackageInput of(String type, long[] sizes, long[] strides, int least, int most) {
    for (int i = 1; i < 4; i++) {
      if (sizes[i] < 1 || sizes[i] > Integer.MAX_VALUE) {
        throw new QuicklimeException(
            "must take a tensor [batch, channels, height, width] whose sizes are fixed but for the"
                + " batch, got %s".formatted(Arrays.toString(sizes)));
      }
    }
    if (least < 1 || most > MAX_BATCH || least > most) {
      throw new QuicklimeException(
          "must take a batch between 1 and %s, got %s".formatted(MAX_BATCH, least));
    }
    PixelType pixels =
        switch (type) {
          case "float32" -> PixelType.FLOAT32;
          case "bfloat16" -> PixelType.BFLOAT16;
          default ->
              throw new QuicklimeException(
                  "must take an input of float32 or bfloat16, got " + type);
        };
    return new PackageInput(
        pixels,
        layout(sizes, strides),
        least,
        most,
        (int) sizes[1],
        (int) sizes[2],
        (int) sizes[3]);
  }

  private static Layout layout(long[] sizes, long[] strides) {
    long channels = sizes[1];
    long width = sizes[3];
    long area = sizes[2] * width;
    if (Arrays.equals(strides, new long[] {channels * area, area, width, 1})) {
      return Layout.NCHW;
    }
    if (Arrays.equals(strides, new long[] {channels * area, 1, width * channels, channels})) {
      return Layout.NHWC;
    }
    throw new QuicklimeException(
        "must take an input without gaps, by channels or channels last, got the strides "
            + Arrays.toString(strides));
  }

  private static long[] indexed(Pattern pattern, String checks) {
    long[] values = {-1, -1, -1, -1};
    Matcher matcher = pattern.matcher(checks);
    while (matcher.find()) {
      int index = Integer.parseInt(matcher.group(2));
      if (index >= values.length) {
        throw new QuicklimeException(
            "must take a tensor [batch, channels, height, width], got one of more dimensions");
      }
      values[index] = number(matcher.group(1));
    }
    return values;
  }

  private static long first(Pattern pattern, String checks, long standard) {
    Matcher matcher = pattern.matcher(checks);
    return matcher.find() ? number(matcher.group(1)) : standard;
  }

  private static long[] numbers(String note, String text) {
    if (!text.matches("\\d+(,\\d+){3}")) {
      throw new QuicklimeException(
          "must say in %s four numbers with commas between them, got %s".formatted(note, text));
    }
    return Arrays.stream(text.split(",", -1)).mapToLong(PackageInput::number).toArray();
  }

  private static long number(String digits) {
    return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
  }
}
