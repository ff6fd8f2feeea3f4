package dev.quicklime.torch.internal;

import dev.quicklime.image.Preprocessing;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Reads out of libtorch's words what is wrong with an input: it speaks of weights and of sizes
 * within the network, where users have pictures.
 */
public final class InputProblem {

  private static final Pattern CHANNELS =
      Pattern.compile(
          "weight of size \\[([\\d, ]+)], expected input\\[([\\d, ]+)] to have (\\d+) channels");

  /** As a normalisation says it that comes before any convolution. */
  private static final Pattern NORMALISED =
      Pattern.compile("running_mean should contain (\\d+) elements not (\\d+)");

  private static final Pattern CLIP =
      Pattern.compile(
          "5-dimensional input for 5-dimensional weight|input to conv3d"
              + "|range of \\[-4, 3], but got 4\\)|expected 5D input"
              + "|unpack \\(expected 5, got 4\\)|Expected 5 elements in a list but found 4");

  private static final Pattern BYTES =
      Pattern.compile(
          "not implemented for 'Float'|expected scalar type (Byte|Long|Int) but found Float"
              + "|tensors used as indices must be long"
              + "|'indices' to have one of the following scalar types: Long, Int");

  private static final Pattern DEVICE =
      Pattern.compile(
          "arguments from the '(?<backend>\\w+)' backend|not (compiled|linked) with (support for )?"
              + "(CUDA|cuda)|tensors to be on the same device.* (?<other>\\w+:\\d+|\\w+)!?");

  /** Where floats of two formats meet: convolutions, products, normalisations and attention. */
  private static final Pattern FORMATS =
      Pattern.compile(
          "mixed dtype|(?=.*BFloat16).*(same dtype|should be the same|expected scalar type"
              + "|expected dtype)");

  private static final Pattern NO_DERIVATIVE =
      Pattern.compile("derivative for (?:aten::|')(?<step>\\w+)");

  /** Steps that PyTorch puts in place of attention's own where it needs no gradients. */
  private static final Pattern FUSED =
      Pattern.compile("multi_head_attention|transformer_encoder|_qkv");

  /** What is said of a model that is given normalised pixels and normalises them once more. */
  public static final String BYTES_WANTED =
      "the model takes pixels of 0 to 255, of which it makes whole numbers or which it scales"
          + " itself, and is given normalised ones: its scores are of another picture; give 0 as"
          + " mean and 0.00392157, which is 1/255, as deviation of each channel";

  /** Larger than any pixel that has a deviation of 1 or so. */
  private static final double MOST_NORMALISED = 32;

  private InputProblem() {}

  /** Whether pixels come to a model with values up to 255, or nearly so. */
  public static boolean givesBytes(Preprocessing input) {
    return IntStream.range(0, input.channels())
        .anyMatch(channel -> input.normalized(255, channel) > MOST_NORMALISED);
  }

  /**
   * Whether a module that failed on a batch of pictures takes their channels last.
   *
   * @param shape batch, channels, height, width, as it was given
   */
  public static boolean channelsLast(String error, long[] shape) {
    Matcher found = CHANNELS.matcher(error);
    if (shape.length != 4 || !found.find()) {
      return false;
    }
    long[] got = sizes(found.group(2));
    // What a permutation from [batch, height, width, channels] has made of it.
    return got.length == 4
        && got[0] == shape[0]
        && got[1] == shape[3]
        && got[2] == shape[1]
        && got[3] == shape[2];
  }

  /**
   * What failed, in the words of whoever prepared the pictures; or libtorch's own words where they
   * are about something else.
   *
   * @param model what messages call it
   * @param shape sizes of the input
   */
  public static String explained(String model, String error, long[] shape) {
    String given = Arrays.toString(shape);
    Matcher weight = CHANNELS.matcher(error);
    boolean deep = weight.find() && sizes(weight.group(1)).length == 5;
    if (shape.length == 4 && (deep || CLIP.matcher(error).find())) {
      return ("model %s takes clips of frames, [batch, channels, frames, height, width], got"
              + " pictures, %s: Grad-CAM maps clips, everything else explains pictures")
          .formatted(model, given);
    }
    long wanted = channels(error, shape);
    if (wanted > 0) {
      return ("model %s takes pictures of %s channel%s, got %s: give a mean and a deviation for"
              + " each channel, %s of either, and pictures that have as many%s")
          .formatted(
              model,
              wanted,
              wanted == 1 ? "" : "s",
              shape[1],
              wanted,
              wanted == 1 ? " or are turned to gray" : wanted == 4 ? " or an alpha channel" : "");
    }
    if (shape.length >= 4 && BYTES.matcher(error).find()) {
      return ("model %s takes whole numbers, as pixels of 0 to 255 are, got floats of %s (%s): let"
              + " it begin with x.to(torch.uint8), export it again, and give 0 as mean and"
              + " 1/255 as deviation of each channel")
          .formatted(model, given, error);
    }
    Matcher device = DEVICE.matcher(error);
    if (device.find()) {
      return ("model %s makes tensors on another device than the one it runs on (%s): trace it on"
              + " the CPU, or with device=x.device where it makes tensors")
          .formatted(model, error.replaceFirst("\\. This could be.*", ""));
    }
    if (FORMATS.matcher(error).find()) {
      return ("model %s has a number format written into it, as traces have, and mixes it with the"
              + " one that it is run in: run it in the one that it was traced in, fp32 or bf16"
              + " (%s)")
          .formatted(model, error);
    }
    Matcher missing = NO_DERIVATIVE.matcher(error);
    if (missing.find()) {
      String step = missing.group("step");
      return "model %s has a step without a derivative, %s: %s"
          .formatted(
              model,
              step,
              FUSED.matcher(step).find()
                  ? "tracing puts it in where it needs no gradients; trace it again after"
                      + " torch.backends.mha.set_fastpath_enabled(False)"
                  : "choose a layer behind it");
    }
    return "model %s failed on an input of %s: %s".formatted(model, given, error);
  }

  /** Channels that the first step takes, where it was given pictures with others; else 0. */
  private static long channels(String error, long[] shape) {
    if (shape.length < 4) {
      return 0;
    }
    Matcher found = CHANNELS.matcher(error);
    if (found.find()) {
      long[] got = sizes(found.group(2));
      long wanted = Long.parseLong(found.group(3));
      return got.length == shape.length && got[1] == shape[1] && wanted != shape[1] ? wanted : 0;
    }
    Matcher normalised = NORMALISED.matcher(error);
    if (normalised.find()) {
      long one = Long.parseLong(normalised.group(1));
      long other = Long.parseLong(normalised.group(2));
      return one == shape[1] ? other : 0;
    }
    return 0;
  }

  private static long[] sizes(String text) {
    return Arrays.stream(text.split(", ", -1)).mapToLong(Long::parseLong).toArray();
  }
}
