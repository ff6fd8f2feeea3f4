package dev.quicklime.perturb;

import dev.quicklime.image.Layout;
import dev.quicklime.image.PixelType;
import dev.quicklime.internal.kernel.Implementation;

/**
 * What is composed.
 *
 * @param implementation which twin composes
 * @param batch pictures per batch
 * @param segments superpixels asked for
 * @param type number format of the batch
 * @param layout order of the elements in the batch
 * @param size width and height of a picture in pixels, such as 640x480
 * @param channels channels of a picture
 * @param fill {@code gray}, which stays in registers, or {@code mean}, each superpixel's own: a
 *     second picture that is read
 */
record ComposeSetting(
    Implementation implementation,
    int batch,
    int segments,
    PixelType type,
    Layout layout,
    String size,
    int channels,
    String fill) {

  int width() {
    return Integer.parseInt(size.substring(0, size.indexOf('x')));
  }

  int height() {
    return Integer.parseInt(size.substring(size.indexOf('x') + 1));
  }
}
