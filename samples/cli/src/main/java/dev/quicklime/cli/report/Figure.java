package dev.quicklime.cli.report;

import java.util.Base64;

/**
 * One figure of a report.
 *
 * @param name of its file, without folder
 * @param title what it shows
 * @param caption what a reader needs to read it, with units; plain text
 * @param alt the same for those who cannot see it, with the numbers; plain text
 * @param width columns
 * @param height rows
 * @param png the encoded picture
 */
@SuppressWarnings("ArrayRecordComponent") // Encoded once, written to a file and to the page.
public record Figure(
    String name, String title, String caption, String alt, int width, int height, byte[] png) {

  /** The picture as an address that contains it. */
  public String data() {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }
}
