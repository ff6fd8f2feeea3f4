package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size a whole picture is brought to before the middle is cut out of it: either that of its
 * short side, the long one following in proportion, or that of both sides, whatever its shape.
 *
 * @param width 1..16384; of the short side where height is 0
 * @param height 1..16384, or 0 where width is that of the short side
 */
public record ResizeTo(int width, int height) {

  private static final int MAX_SIDE = 16384;
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})(?:[x×]([0-9]{1,6}))?");

  /**
   * Checks the range.
   *
   * @throws InvalidInputException if a side is outside of it
   */
  public ResizeTo {
    if (width < 1 || width > MAX_SIDE || height < 0 || height > MAX_SIDE) {
      throw new InvalidInputException(
          "the size to resize to must be between 1 and %s, got %s"
              .formatted(MAX_SIDE, height == 0 ? "" + width : width + "×" + height));
    }
  }

  /** Brings the short side to a number of pixels, as torchvision's {@code Resize(side)} does. */
  public static ResizeTo shortSide(int side) {
    return new ResizeTo(side, 0);
  }

  /**
   * Brings both sides to numbers of pixels, as torchvision's {@code Resize((height, width))} and
   * timm's {@code squash} do.
   *
   * @throws InvalidInputException if a side is not within 1..16384
   */
  public static ResizeTo both(int width, int height) {
    if (height == 0) {
      throw new InvalidInputException(
          "the size to resize to must be between 1 and %s, got %s×0".formatted(MAX_SIDE, width));
    }
    return new ResizeTo(width, height);
  }

  /**
   * Reads {@code "256"}, the short side, or {@code "256x232"}, width and height.
   *
   * @throws InvalidInputException if it is neither
   */
  public static ResizeTo parse(String text) {
    Objects.requireNonNull(text, "text");
    Matcher parts = TEXT.matcher(text.strip());
    if (!parts.matches()) {
      throw new InvalidInputException(
          "the size to resize to must be a number of pixels or WxH, got " + text);
    }
    int width = Integer.parseInt(parts.group(1));
    return parts.group(2) == null
        ? shortSide(width)
        : both(width, Integer.parseInt(parts.group(2)));
  }

  /** Whether only the short side is given. */
  public boolean isShortSide() {
    return height == 0;
  }

  /** Whether a picture brought to this has room for an input of this size, whatever its shape. */
  public boolean covers(int inputWidth, int inputHeight) {
    return width >= inputWidth && (isShortSide() ? width : height) >= inputHeight;
  }

  /**
   * Columns of a picture afterwards; the long side is cut to a whole number, as torchvision does.
   */
  long widthOf(int sourceWidth, int sourceHeight) {
    return !isShortSide() || sourceWidth <= sourceHeight
        ? width
        : (long) ((double) ((long) width * sourceWidth) / sourceHeight);
  }

  /** Rows of a picture of this size afterwards. */
  long heightOf(int sourceWidth, int sourceHeight) {
    if (!isShortSide()) {
      return height;
    }
    return sourceHeight < sourceWidth
        ? width
        : (long) ((double) ((long) width * sourceHeight) / sourceWidth);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return isShortSide() ? "" + width : width + "x" + height;
  }
}
