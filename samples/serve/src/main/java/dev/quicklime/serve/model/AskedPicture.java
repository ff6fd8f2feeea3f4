package dev.quicklime.serve.model;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Image;
import dev.quicklime.image.ReadLimits;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A picture as a request brought it: the bytes of a file, which are decoded where there is time for
 * it, or pixels. Immutable.
 */
public final class AskedPicture implements AskedInstance {

  private final String name;
  private final byte @Nullable [] file;
  private final @Nullable Image pixels;

  private AskedPicture(String name, byte @Nullable [] file, @Nullable Image pixels) {
    this.name = Objects.requireNonNull(name, "name");
    this.file = file;
    this.pixels = pixels;
  }

  /**
   * A picture file of any format that the engine reads.
   *
   * @param name what messages and answers call it
   * @param file its bytes, which are taken over without a copy: nobody may change them any more
   */
  public static AskedPicture ofFile(String name, byte[] file) {
    return new AskedPicture(name, Objects.requireNonNull(file, "file"), null);
  }

  /** Pixels in 0..255 units. */
  public static AskedPicture ofPixels(String name, Image pixels) {
    return new AskedPicture(name, null, Objects.requireNonNull(pixels, "pixels"));
  }

  @Override
  public String name() {
    return name;
  }

  /** How many bytes it takes. */
  public long bytes() {
    if (file != null) {
      return file.length;
    }
    Image image = Objects.requireNonNull(pixels);
    return (long) image.width() * image.height() * image.channels() * (image.isFloat() ? 4 : 1);
  }

  /**
   * The picture.
   *
   * @throws InvalidInputException if the file is no picture, or over the limits
   */
  public Image read(ReadLimits limits) {
    if (pixels != null) {
      if ((long) pixels.width() * pixels.height() > limits.maxPixels()) {
        throw new InvalidInputException(
            "%s must have at most %s pixels, got %s×%s"
                .formatted(name, limits.maxPixels(), pixels.width(), pixels.height()));
      }
      return pixels;
    }
    try {
      return Image.decode(Objects.requireNonNull(file), limits);
    } catch (InvalidInputException e) {
      throw new InvalidInputException(name + ": " + e.getMessage(), e);
    }
  }

  /** A hash of the content; equal ones are of the same pictures in the same coding. */
  public String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      if (file != null) {
        digest.update((byte) 0);
        digest.update(file);
      } else {
        Image image = Objects.requireNonNull(pixels);
        digest.update((byte) (image.isFloat() ? 1 : 2));
        digest.update(
            ByteBuffer.allocate(12)
                .putInt(image.width())
                .putInt(image.height())
                .putInt(image.channels())
                .array());
        if (image.isFloat()) {
          float[] values = image.toFloats();
          ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
          bytes.asFloatBuffer().put(values);
          digest.update(bytes);
        } else {
          digest.update(image.toBytes());
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
