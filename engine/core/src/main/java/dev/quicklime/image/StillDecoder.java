package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/**
 * Decodes still pictures in codings for which the core has no library. Implementations are found by
 * {@link ServiceLoader}; with one on the class path {@link ImageFiles} reads HEIC, AVIF and JPEG
 * 2000, without any it refuses them by name. They may be used by any number of threads at once.
 */
public interface StillDecoder {

  /** Codings that are asked for. */
  enum Coding {
    /** A picture of HEVC; NAL units with their lengths before them, the configuration is hvcC. */
    HEVC,
    /** A picture of AV1; a sequence of open bitstream units, without configuration. */
    AV1,
    /** A JP2 file, or a code stream alone, without configuration. */
    JPEG_2000
  }

  /** Whether pictures of this coding can be decoded. */
  boolean decodes(Coding coding);

  /**
   * Decodes pictures that share a configuration, one frame for each, in their order.
   *
   * @param configuration what the coding has for all pictures alike, empty where it has nothing
   * @param pictures the coded bytes of each
   * @param maxPixels more pixels no frame may have
   * @param frames is given the frames one by one
   * @throws InvalidInputException if a picture is damaged, too large or of a kind that the decoder
   *     does not know
   */
  void decode(
      Coding coding,
      byte[] configuration,
      List<byte[]> pictures,
      long maxPixels,
      Consumer<StillFrame> frames);
}
