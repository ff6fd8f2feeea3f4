package dev.quicklime.report.drawing;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One figure of a report. One thread makes it; it may be asked for by any, which wait for each
 * other, as what it is drawn from changes while it is drawn.
 */
public final class Figure {

  private final String name;
  private final String title;
  private final String caption;
  private final String alt;
  private final Drawing drawing;
  private byte @Nullable [] png;

  /**
   * A figure.
   *
   * @param name of its files, without folder and extension
   * @param title what it shows
   * @param caption what a reader needs to read it, with units; plain text
   * @param alt the same for those who cannot see it, with the numbers; plain text
   * @param drawing what is drawn
   */
  Figure(String name, String title, String caption, String alt, Drawing drawing) {
    this.name = name;
    this.title = title;
    this.caption = caption;
    this.alt = alt;
    this.drawing = drawing;
  }

  /** Name of its files, without folder and extension. */
  public String name() {
    return name;
  }

  /** What it shows, in a few words; plain text. */
  public String title() {
    return title;
  }

  /** What a reader needs to read it, with units; plain text. */
  public String caption() {
    return caption;
  }

  /** The same for those who cannot see it, with the numbers; plain text. */
  public String alt() {
    return alt;
  }

  /** Columns of its pixels. */
  public int width() {
    return drawing.width();
  }

  /** Rows of its pixels. */
  public int height() {
    return drawing.height();
  }

  /** The encoded picture, drawn when it is first asked for; not to be written to. */
  public synchronized byte[] png() {
    byte[] encoded = png;
    if (encoded == null) {
      encoded = drawing.png();
      png = encoded;
    }
    return encoded;
  }

  /** A picture as the bytes of a PNG file. */
  public static byte[] encode(BufferedImage picture) {
    return Png.encode(picture);
  }

  /** A file of PDF of one page that needs nothing beside itself; outlines are shapes. */
  public byte[] pdf() {
    return pdf(new HashMap<>());
  }

  private synchronized byte[] pdf(Map<BufferedImage, byte[]> files) {
    return new Pdf(drawing, encoder(files)).file(title);
  }

  /**
   * Writes the figure as {@code NAME.png}, {@code NAME.svg} and {@code NAME.pdf}, over what is
   * there.
   *
   * @param folder that is there
   * @param file NAME, without an extension
   * @throws IOException if a file cannot be written
   */
  public void write(Path folder, String file) throws IOException {
    write(folder, file, EnumSet.allOf(FigureFormat.class));
  }

  /**
   * The same in some of these formats.
   *
   * @param folder that is there
   * @param file NAME, without an extension
   * @param formats of files that are written
   * @throws IOException if a file cannot be written
   */
  public void write(Path folder, String file, Set<FigureFormat> formats) throws IOException {
    // Files of the pictures in it, which SVG and PDF both hold.
    Map<BufferedImage, byte[]> files = new HashMap<>();
    for (FigureFormat format : formats) {
      switch (format) {
        case PNG -> Files.write(folder.resolve(file + ".png"), png());
        case SVG -> Files.writeString(folder.resolve(file + ".svg"), svg(files));
        case PDF -> Files.write(folder.resolve(file + ".pdf"), pdf(files));
      }
    }
  }

  /** A file of SVG that needs nothing beside itself; outlines of superpixels are shapes. */
  public String svg() {
    return svg(new HashMap<>());
  }

  private synchronized String svg(Map<BufferedImage, byte[]> files) {
    return new Svg(drawing, "", Map.of(), encoder(files)).file(title, alt);
  }

  /**
   * The same as a part of a page.
   *
   * @param id in the page, of letters, digits and hyphens, which no other figure of it has
   * @param shared pictures that the page holds already, with their ids
   */
  public synchronized String inline(String id, Map<BufferedImage, String> shared) {
    return new Svg(drawing, id, shared, encoder(new HashMap<>())).inline(alt);
  }

  /** Encodes pictures that are in it, each once. */
  private Function<BufferedImage, byte[]> encoder(Map<BufferedImage, byte[]> files) {
    // One that is a picture and nothing else is its own file.
    return picture ->
        picture.equals(drawing.picture()) ? png() : files.computeIfAbsent(picture, Png::encode);
  }
}
