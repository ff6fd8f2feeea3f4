package dev.quicklime.report.drawing;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.util.Matrix;

/**
 * Writes a drawing as a PDF of one page, as large as its density says: pictures stay pixels, all
 * else becomes curves, lettering too, so that no font is needed.
 *
 * @param drawing what is written
 */
record Pdf(Drawing drawing) {

  /** Points in an inch. */
  private static final float POINTS = 72;

  /** Where a document has none, the time decides, and no two files are alike. */
  private static final long ID = 1;

  /**
   * A file of its own.
   *
   * @param title what readers of PDF show above it
   */
  byte[] file(String title) {
    float scale = POINTS / drawing.density();
    try (PDDocument document = new PDDocument()) {
      document.setDocumentId(ID);
      document.getDocumentInformation().setTitle(title);
      PDPage page = new PDPage(new PDRectangle(drawing.width() * scale, drawing.height() * scale));
      document.addPage(page);
      PdfBoxGraphics2D g = new PdfBoxGraphics2D(document, drawing.width(), drawing.height());
      try {
        drawing.draw(g, true);
      } finally {
        g.dispose();
      }
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.transform(Matrix.getScaleInstance(scale, scale));
        content.drawForm(g.getXFormObject());
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("a drawing cannot be written to memory", e);
    }
  }
}
