package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a model expects of its input. A picture is brought to {@code width × height} and to {@link
 * #channels()}, and its values v, in 0..255 units, become {@code (v/255 − mean)/std} channel by
 * channel.
 *
 * @param width columns of the model's input, 1..16384
 * @param height rows of the model's input, 1..16384
 * @param resize how a picture of another shape is fitted
 * @param resizeTo the size that the whole picture is brought to, before the middle of {@code width
 *     × height} is cut out of it; null where the input's own size says it. Only with {@link
 *     Resize#CROP}
 * @param interpolation how pixels are computed on the way
 * @param mean subtracted from v/255; one number for each channel of the model, in RGB order
 * @param std divided by afterwards; as many numbers, all positive
 * @param order the order in which the model takes the channels
 */
public record Preprocessing(
    int width,
    int height,
    Resize resize,
    @Nullable ResizeTo resizeTo,
    Interpolation interpolation,
    List<Double> mean,
    List<Double> std,
    ChannelOrder order) {
  private static final int MAX_SIDE = 16384;
  private static final int MAX_LEVEL = 255;

  public Preprocessing {
    Objects.requireNonNull(resize, "resize");
    Objects.requireNonNull(interpolation, "interpolation");
    Objects.requireNonNull(mean, "mean");
    Objects.requireNonNull(std, "std");
    Objects.requireNonNull(order, "order");
    if (width < 1 || width > MAX_SIDE || height < 1 || height > MAX_SIDE) {
      throw new InvalidInputException(
          "the model's input must be between 1×1 and %s×%s, got %s×%s"
              .formatted(MAX_SIDE, MAX_SIDE, width, height));
    }
    if (resizeTo != null && resize != Resize.CROP) {
      throw new InvalidInputException(
          "a size to resize to before cropping needs the resize crop, got %s and %s"
              .formatted(resizeTo, resize.name().toLowerCase(Locale.ROOT)));
    }
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.isEmpty() || mean.size() > Image.MAX_CHANNELS) {
      throw new InvalidInputException(
          "mean must have between 1 and %s numbers, got %s"
              .formatted(Image.MAX_CHANNELS, mean.size()));
    }
    if (std.size() != mean.size()) {
      throw new InvalidInputException(
          "std must have as many numbers as mean, got %s and %s"
              .formatted(std.size(), mean.size()));
    }
    for (double m : mean) {
      if (!Double.isFinite(m)) {
        throw new InvalidInputException("mean must be finite, got " + mean);
      }
    }
    for (double s : std) {
      if (!(s > 0) || !Double.isFinite(s)) {
        throw new InvalidInputException("std must be positive and finite, got " + std);
      }
    }
  }

  /** An input without a size to resize to before, interpolated bilinearly. */
  public Preprocessing(
      int width,
      int height,
      Resize resize,
      List<Double> mean,
      List<Double> std,
      ChannelOrder order) {
    this(width, height, resize, null, Interpolation.BILINEAR, mean, std, order);
  }

  /** 224×224, stretched, with the mean and deviation of the ImageNet training pictures, RGB. */
  public static Preprocessing imageNet() {
    return new Preprocessing(
        224,
        224,
        Resize.STRETCH,
        List.of(0.485, 0.456, 0.406),
        List.of(0.229, 0.224, 0.225),
        ChannelOrder.RGB);
  }

  /** The number of channels the model takes. */
  public int channels() {
    return mean.size();
  }

  /** The same with another width. */
  public Preprocessing withWidth(int newWidth) {
    return new Preprocessing(newWidth, height, resize, resizeTo, interpolation, mean, std, order);
  }

  /** The same with another height. */
  public Preprocessing withHeight(int newHeight) {
    return new Preprocessing(width, newHeight, resize, resizeTo, interpolation, mean, std, order);
  }

  /** The same with another size. */
  public Preprocessing withSize(int newWidth, int newHeight) {
    return new Preprocessing(
        newWidth, newHeight, resize, resizeTo, interpolation, mean, std, order);
  }

  /**
   * The same with another resize policy. Without a crop there is no size to resize to before it:
   * then that is dropped.
   */
  public Preprocessing withResize(Resize newResize) {
    return new Preprocessing(
        width,
        height,
        newResize,
        newResize == Resize.CROP ? resizeTo : null,
        interpolation,
        mean,
        std,
        order);
  }

  /**
   * The same with another size that the whole picture is brought to before the middle is cut out;
   * the resize policy becomes {@link Resize#CROP}, unless the size is null.
   */
  public Preprocessing withResizeTo(@Nullable ResizeTo newResizeTo) {
    return new Preprocessing(
        width,
        height,
        newResizeTo == null ? resize : Resize.CROP,
        newResizeTo,
        interpolation,
        mean,
        std,
        order);
  }

  /** The same with pixels computed in another way. */
  public Preprocessing withInterpolation(Interpolation newInterpolation) {
    return new Preprocessing(width, height, resize, resizeTo, newInterpolation, mean, std, order);
  }

  /** The same with another mean. */
  public Preprocessing withMean(List<Double> newMean) {
    return new Preprocessing(width, height, resize, resizeTo, interpolation, newMean, std, order);
  }

  /** The same with another deviation. */
  public Preprocessing withStd(List<Double> newStd) {
    return new Preprocessing(width, height, resize, resizeTo, interpolation, mean, newStd, order);
  }

  /** Both at once, for a model with another number of channels. */
  public Preprocessing withNormalization(List<Double> newMean, List<Double> newStd) {
    return new Preprocessing(
        width, height, resize, resizeTo, interpolation, newMean, newStd, order);
  }

  /** The same with levels from 0 to 255 left as they are, mean 0 and deviation 1/255. */
  public Preprocessing withoutNormalization() {
    return withNormalization(
        Collections.nCopies(channels(), 0.0), Collections.nCopies(channels(), 1 / 255.0));
  }

  /** The same with another channel order. */
  public Preprocessing withOrder(ChannelOrder newOrder) {
    return new Preprocessing(width, height, resize, resizeTo, interpolation, mean, std, newOrder);
  }

  /**
   * Brings a picture to the model's size and number of channels; it stays RGB and in 0..255 units.
   *
   * <p>With a size to resize to, the whole picture is brought to it, its long side in proportion
   * and cut to a whole number, and {@code width × height} is cut out of the middle, half of what is
   * too much being rounded half to even; where the scaled picture is smaller than the input, it is
   * filled up with 0. That is what torchvision's {@code Resize} and {@code CenterCrop} do to a
   * picture of PIL.
   *
   * <p>Without one, a picture that has the model's size already is taken as it is. Cropping takes
   * the largest middle part that has the input's shape; padding is gray 128.
   *
   * <p>A picture of one channel is repeated for a model of three, a picture of three becomes Rec.
   * 601 luma for a model of one, and for a model of four the picture's alpha is the last channel,
   * 255 where it has none; each with a notice.
   *
   * @throws InvalidInputException for any other mismatch of channels
   */
  public Image fit(Image source) {
    return Fitting.fit(source, this);
  }

  /**
   * Where a picture of this size lies in the model's input.
   *
   * @throws InvalidInputException if a side is not positive
   */
  public Placement placement(int sourceWidth, int sourceHeight) {
    return Fitting.of(sourceWidth, sourceHeight, this).placement();
  }

  /**
   * The number that a model is given for a level of a picture, computed in double precision: the
   * level as a share of 255, less the channel's mean, divided by its deviation.
   *
   * @param level 0 to 255, whole or not
   * @param source channel of the picture, red first
   */
  public float normalized(float level, int source) {
    return (float) ((level / 255.0 - mean.get(source)) / std.get(source));
  }

  /**
   * Whether the model is given levels from 0 to 255 as they are: a mean of 0 and a deviation of
   * 1/255, or so near to them that each level rounds to itself.
   */
  public boolean leavesLevels() {
    for (int c = 0; c < channels(); c++) {
      for (int level = 0; level <= MAX_LEVEL; level++) {
        if (Math.rint(normalized(level, c)) != level) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * The picture's channel, red first, that is a channel of the model's input.
   *
   * @param channel 0 to channels − 1
   */
  public int source(int channel) {
    return order == ChannelOrder.BGR ? channels() - 1 - channel : channel;
  }
}
