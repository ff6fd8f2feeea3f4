package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.format.Bytes;
import dev.quicklime.internal.format.JdkReader;
import dev.quicklime.internal.format.TiffHeader;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * A TIFF, read by the JDK's own reader. The native one refuses more than four channels, drops the
 * second of two, and gives black where compressed data is damaged; this one does none of that. But
 * it knows no sign of 8 bits and no floats of 16, so that it is asked for the bits alone.
 */
final class TiffFile {
  private TiffFile() {}

  /**
   * Decodes a TIFF.
   *
   * @param header of the same file
   * @throws InvalidInputException if it is damaged
   */
  static Image decode(Bytes file, TiffHeader header) {
    if (header.photometric() == TiffHeader.PALETTE) {
      byte[] palette = TiffHeader.palette(file);
      Raster places = JdkReader.read("tiff", header.plain(file)).getRaster();
      IndexColorModel colours =
          new IndexColorModel(header.bits(), palette.length / 3, palette, 0, false);
      return RasterSamples.indexed(places, colours);
    }
    return new TiffSamples(JdkReader.read("tiff", header.plain(file)), header).toImage();
  }
}
