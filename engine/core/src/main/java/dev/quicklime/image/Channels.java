package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.format.PictureHeader;

/** Conversions between numbers of channels, each with a notice on the result. */
final class Channels {
  private static final float RED = 0.299f;
  private static final float GREEN = 0.587f;
  private static final float BLUE = 0.114f;
  private static final float OPAQUE = 255;

  private Channels() {}

  /** The image with {@code wanted} channels; the same instance where it has them already. */
  static Image convert(Image image, int wanted) {
    int has = image.channels();
    if (has == wanted) {
      return image;
    }
    if (wanted == 4 && (has == 1 || has == 3)) {
      return withOpacity(convert(image, 3).withAlpha(image.alpha()));
    }
    if (has == 1 && wanted == 2 && image.alpha() != null) {
      return withOpacity(image);
    }
    if (has == 1 && wanted == 3) {
      return repeat(image)
          .withNoticesOf(image)
          .withNotice("one channel repeated as red, green and blue");
    }
    if (has == 3 && wanted == 1) {
      return luma(image).withNoticesOf(image).withNotice("colours turned to gray (Rec. 601 luma)");
    }
    throw new InvalidInputException(
        ("channels must be as many as the model takes, or 1 for 3, or 3 for 1, or with alpha 4: "
                + "the model takes %s, the picture has %s")
            .formatted(wanted, has));
  }

  /** Takes how opaque pixels are for one more channel. */
  private static Image withOpacity(Image image) {
    int channels = image.channels();
    Image alpha = image.alpha();
    int pixels = image.width() * image.height();
    float[] colours = image.toFloats();
    float[] opacity = alpha == null ? new float[0] : alpha.toFloats();
    float[] out = new float[Math.multiplyExact(pixels, channels + 1)];
    for (int i = 0, at = 0; i < pixels; i++) {
      for (int c = 0; c < channels; c++) {
        out[at++] = colours[i * channels + c];
      }
      out[at++] = alpha == null ? OPAQUE : opacity[i];
    }
    Image result = Image.ofFloat(image.width(), image.height(), channels + 1, out);
    boolean floats = image.isFloat() || (alpha != null && alpha.isFloat());
    Image typed =
        floats
            ? result
            : Image.adopt(image.width(), image.height(), channels + 1, result.toBytes());
    return typed
        .withNoticesOf(image.withoutNotice(PictureHeader.ALPHA_DROPPED))
        .withNotice(
            alpha == null
                ? "no alpha channel: the model's last one is 255 everywhere, opaque"
                : "alpha taken for the model's last channel");
  }

  private static Image repeat(Image image) {
    int pixels = image.width() * image.height();
    if (image.isFloat()) {
      float[] gray = image.toFloats();
      float[] out = new float[Math.multiplyExact(pixels, 3)];
      for (int i = 0; i < out.length; i++) {
        out[i] = gray[i / 3];
      }
      return Image.ofFloat(image.width(), image.height(), 3, out);
    }
    byte[] gray = image.asBytes();
    byte[] out = new byte[Math.multiplyExact(pixels, 3)];
    for (int i = 0; i < out.length; i++) {
      out[i] = gray[i / 3];
    }
    return Image.adopt(image.width(), image.height(), 3, out);
  }

  private static Image luma(Image image) {
    float[] colours = image.toFloats();
    float[] gray = new float[image.width() * image.height()];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = RED * colours[3 * i] + GREEN * colours[3 * i + 1] + BLUE * colours[3 * i + 2];
    }
    Image result = Image.ofFloat(image.width(), image.height(), 1, gray);
    return image.isFloat()
        ? result
        : Image.adopt(image.width(), image.height(), 1, result.toBytes());
  }
}
