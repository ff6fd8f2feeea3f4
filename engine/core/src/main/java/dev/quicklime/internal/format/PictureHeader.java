package dev.quicklime.internal.format;

import java.util.List;

/**
 * What a file says of its picture before anything is decoded.
 *
 * @param width columns as stored
 * @param height rows as stored
 * @param channels values of a pixel as stored
 * @param orientation how the stored picture is to be turned, 1..8 as EXIF counts
 * @param notices what will be left out of the picture
 */
public record PictureHeader(
    long width, long height, int channels, int orientation, List<String> notices) {
  public static final String ALPHA_DROPPED = "alpha channel dropped";
  public static final String FIRST_FRAME = "only the first of several pictures in the file is read";
  public static final String INKS_TURNED = "inks (CMYK) turned to RGB without a colour profile";

  public PictureHeader {
    notices = List.copyOf(notices);
  }
}
