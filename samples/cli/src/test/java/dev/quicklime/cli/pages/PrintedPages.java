package dev.quicklime.cli.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/**
 * A printed document, as it lies on a desk.
 *
 * @param text of all pages
 * @param last the last page's text without its number and what closes every document
 * @param small texts in smaller letters than 8 points, with their size
 * @param filled the share of each page, between its margins, above the lowest ink
 * @param ink the share of points that are neither white nor hardly grey
 */
record PrintedPages(String text, String last, List<String> small, List<Double> filled, double ink) {

  private static final float LEAST = 8;

  /** Of a size that a browser rounds to quarters of a pixel. */
  private static final float ROUNDING = 0.03f;

  /** Made with Quicklime, and the number of the page. */
  private static final Pattern FOOTER = Pattern.compile("(?m)^(Made with Quicklime .*|\\d+)$");

  private static final double LEAST_FILLED = 0.75;
  private static final int DPI = 50;

  /** Margins of A4 in millimetres, which hold the number of the page. */
  private static final double TOP = 11;

  private static final double BOTTOM = 13;
  private static final double MILLIMETRES = 25.4;
  private static final int INK = 0xe0;

  static PrintedPages read(Path pdf) throws IOException {
    return read(Files.readAllBytes(pdf));
  }

  static PrintedPages read(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      List<String> small = new ArrayList<>();
      PDFTextStripper stripper =
          new PDFTextStripper() {
            @Override
            protected void writeString(String said, List<TextPosition> positions)
                throws IOException {
              double size =
                  positions.stream()
                      .filter(each -> !each.getUnicode().isBlank())
                      .mapToDouble(TextPosition::getYScale)
                      .min()
                      .orElse(LEAST);
              if (size < LEAST - ROUNDING) {
                small.add("%s: %s".formatted(size, said));
              }
              super.writeString(said, positions);
            }
          };
      String text = stripper.getText(document);
      PDFTextStripper end = new PDFTextStripper();
      end.setStartPage(document.getNumberOfPages());
      String last = FOOTER.matcher(end.getText(document)).replaceAll("").strip();
      PDFRenderer renderer = new PDFRenderer(document);
      List<Double> filled = new ArrayList<>();
      double ink = 0;
      for (int page = 0; page < document.getNumberOfPages(); page++) {
        BufferedImage image = renderer.renderImageWithDPI(page, DPI);
        filled.add(filled(image));
        ink += ink(image) / document.getNumberOfPages();
      }
      return new PrintedPages(text, last, List.copyOf(small), List.copyOf(filled), ink);
    }
  }

  /**
   * Fails where letters are too small, a page but the last is not full or the last has nothing but
   * what closes every document.
   *
   * @param name of what was printed
   */
  void assertGood(String name) {
    assertEquals(List.of(), small, name + " prints what is too small to read");
    for (double share : filled.subList(0, filled.size() - 1)) {
      assertTrue(share >= LEAST_FILLED, name + " leaves more than a quarter empty: " + filled);
    }
    assertFalse(last.isEmpty(), name + " ends with a page of nothing but its footer");
  }

  private static double filled(BufferedImage page) {
    double millimetre = DPI / MILLIMETRES;
    int top = (int) (TOP * millimetre);
    int bottom = (int) (page.getHeight() - BOTTOM * millimetre);
    int lowest = bottom - 1;
    while (lowest > top && !hasInk(page, lowest)) {
      lowest--;
    }
    return (double) (lowest + 1 - top) / (bottom - top);
  }

  private static double ink(BufferedImage page) {
    int[] points = page.getRGB(0, 0, page.getWidth(), page.getHeight(), null, 0, page.getWidth());
    return IntStream.of(points).filter(PrintedPages::isInk).count() / (double) points.length;
  }

  private static boolean hasInk(BufferedImage page, int row) {
    for (int x = 0; x < page.getWidth(); x++) {
      if (isInk(page.getRGB(x, row))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isInk(int rgb) {
    return (rgb & 0xff) < INK || (rgb >> 8 & 0xff) < INK || (rgb >> 16 & 0xff) < INK;
  }
}
