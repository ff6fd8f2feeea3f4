package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.StillDecoder.Coding;
import dev.quicklime.internal.format.Bytes;
import dev.quicklime.internal.format.HeifFile;
import dev.quicklime.internal.format.Jp2File;
import dev.quicklime.internal.format.PictureHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Pictures whose coded parts a {@link StillDecoder} decodes, and that are put together here. */
final class CodedPictures {
  private static final List<StillDecoder> DECODERS =
      ServiceLoader.load(StillDecoder.class, StillDecoder.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  private CodedPictures() {}

  /** Whether there is a decoder. */
  static boolean decodes(Coding coding) {
    return DECODERS.stream().anyMatch(decoder -> decoder.decodes(coding));
  }

  private static StillDecoder decoder(Coding coding, String remedy) {
    return DECODERS.stream()
        .filter(decoder -> decoder.decodes(coding))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "a picture in "
                        + words(coding)
                        + " must have a decoder on the class path, got none; \""
                        + remedy
                        + "\" makes a picture that is read"));
  }

  private static String words(Coding coding) {
    return switch (coding) {
      case HEVC -> "HEVC (HEIC)";
      case AV1 -> "AV1 (AVIF)";
      case JPEG_2000 -> "JPEG 2000";
    };
  }

  /** A HEIC or AVIF: its tiles side by side, cut and turned as its properties say. */
  static Image heif(HeifFile file, ReadLimits limits) {
    Image picture = assembled(file.picture(), limits);
    HeifFile.@Nullable Part alpha = file.alpha();
    if (alpha == null) {
      return steps(picture, file.picture());
    }
    Image opacity = firstChannel(assembled(alpha, limits));
    if (opacity.width() != picture.width() || opacity.height() != picture.height()) {
      throw new InvalidInputException(
          "alpha must be of the picture's size, got %d×%d for %d×%d"
              .formatted(opacity.width(), opacity.height(), picture.width(), picture.height()));
    }
    return steps(picture.withAlpha(opacity), file.picture());
  }

  private static Image assembled(HeifFile.Part part, ReadLimits limits) {
    int width = Math.toIntExact(part.width());
    int height = Math.toIntExact(part.height());
    StillCanvas canvas = new StillCanvas(width, height);
    Coding coding = part.isAv1() ? Coding.AV1 : Coding.HEVC;
    Placer placer = new Placer(canvas, part);
    List<byte[]> run = new ArrayList<>();
    StillDecoder decoder = decoder(coding, "heif-convert IN OUT.png");
    byte[] before = part.configuration(0);
    for (int tile = 0; tile < part.tiles(); tile++) {
      byte[] configuration = part.configuration(tile);
      if (!Arrays.equals(configuration, before)) {
        decoder.decode(coding, used(part, before), run, limits.maxPixels(), placer::put);
        run.clear();
      }
      before = configuration;
      run.add(part.data(tile));
    }
    decoder.decode(coding, used(part, before), run, limits.maxPixels(), placer::put);
    if (placer.next != part.tiles()) {
      throw new InvalidInputException(
          "a picture must have all its tiles, got %d of %d".formatted(placer.next, part.tiles()));
    }
    return canvas.image();
  }

  /** AV1 has its configuration before the data of each picture. */
  private static byte[] used(HeifFile.Part part, byte[] configuration) {
    return part.isAv1() ? new byte[0] : configuration;
  }

  private static Image steps(Image assembled, HeifFile.Part part) {
    Image image = assembled;
    boolean turned = false;
    for (HeifFile.Step step : part.steps()) {
      if (step.width() > 0) {
        image = Orientation.cut(image, step.left(), step.top(), step.width(), step.height());
      }
      if (step.orientation() != 1) {
        image = Orientation.turned(image, step.orientation());
        turned = true;
      }
    }
    return turned ? image.withNotice("turned upright as its file says") : image;
  }

  private static Image firstChannel(Image image) {
    if (image.channels() == 1) {
      return image;
    }
    float[] all = image.toFloats();
    float[] out = new float[image.width() * image.height()];
    for (int i = 0; i < out.length; i++) {
      out[i] = all[i * image.channels()];
    }
    return Image.ofFloat(image.width(), image.height(), 1, out);
  }

  /** A JPEG 2000. */
  static Image jp2(Bytes file, ReadLimits limits) {
    PictureHeader header = new Jp2File(file).header();
    StillCanvas canvas =
        new StillCanvas(Math.toIntExact(header.width()), Math.toIntExact(header.height()));
    decoder(Coding.JPEG_2000, "magick IN.jp2 OUT.png")
        .decode(
            Coding.JPEG_2000,
            new byte[0],
            List.of(file.data()),
            limits.maxPixels(),
            frame -> canvas.put(frame, 0, 0, null));
    Image image = canvas.image();
    return image.alpha() == null ? image : image.withNotice(PictureHeader.ALPHA_DROPPED);
  }

  /** Puts frames down in the order of tiles. */
  private static final class Placer {
    private final StillCanvas canvas;
    private final HeifFile.Part part;
    private int next;
    private int tileWidth;
    private int tileHeight;

    Placer(StillCanvas canvas, HeifFile.Part part) {
      this.canvas = canvas;
      this.part = part;
    }

    void put(StillFrame frame) {
      if (next == 0) {
        tileWidth = frame.width();
        tileHeight = frame.height();
        checkCover();
      }
      if (frame.width() != tileWidth || frame.height() != tileHeight || next == part.tiles()) {
        throw new InvalidInputException(
            "all tiles must be %d×%d like the first, got %d×%d"
                .formatted(tileWidth, tileHeight, frame.width(), frame.height()));
      }
      canvas.put(
          frame,
          next % part.columns() * tileWidth,
          next / part.columns() * tileHeight,
          part.colours());
      next++;
    }

    private void checkCover() {
      long across = (long) tileWidth * part.columns();
      long down = (long) tileHeight * (part.tiles() / part.columns());
      boolean surplus = across - tileWidth >= part.width() || down - tileHeight >= part.height();
      if (across < part.width() || down < part.height() || surplus) {
        throw new InvalidInputException(
            "tiles must cover the picture of %d×%d, got %d×%d"
                .formatted(part.width(), part.height(), across, down));
      }
    }
  }
}
