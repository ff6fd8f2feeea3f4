package dev.quicklime.report.drawing;

import de.rototor.pdfbox.graphics2d.IPdfBoxGraphics2DImageEncoder;
import de.rototor.pdfbox.graphics2d.IPdfBoxGraphics2DImageEncoder.IPdfBoxGraphics2DImageEncoderEnv.ImageInterpolation;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2DLosslessImageEncoder;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.util.Matrix;

/**
 * Writes a drawing as a PDF of one page, as large as its density says: pictures stay pixels, all
 * else becomes curves, lettering too, so that no font is needed.
 *
 * @param drawing what is written
 * @param encoder gives the PNG files of opaque pictures, whose compressed rows are taken as they
 *     are
 */
record Pdf(Drawing drawing, Function<BufferedImage, byte[]> encoder) {

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
      g.setImageEncoder(new Pictures());
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

  /** Embeds pictures, each once. */
  private final class Pictures implements IPdfBoxGraphics2DImageEncoder {

    private final IPdfBoxGraphics2DImageEncoder translucent =
        new PdfBoxGraphics2DLosslessImageEncoder();
    private final Map<Image, PDImageXObject> opaque = new HashMap<>();

    @Override
    public PDImageXObject encodeImage(
        PDDocument document,
        PDPageContentStream content,
        Image image,
        IPdfBoxGraphics2DImageEncoderEnv asked) {
      // A picture of PDF has its opacity in another one.
      if (!(image instanceof BufferedImage picture) || picture.getColorModel().hasAlpha()) {
        return translucent.encodeImage(document, content, image, asked);
      }
      PDImageXObject embedded =
          opaque.computeIfAbsent(image, _ -> embedded(document, encoder.apply(picture)));
      embedded.setInterpolate(asked.getImageInterpolation() == ImageInterpolation.Interpolate);
      return embedded;
    }

    private static PDImageXObject embedded(PDDocument document, byte[] png) {
      try {
        return PDImageXObject.createFromByteArray(document, png, "picture.png");
      } catch (IOException e) {
        throw new UncheckedIOException("a picture that was just encoded cannot be read", e);
      }
    }
  }
}
