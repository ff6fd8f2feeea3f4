package dev.quicklime.report.drawing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

class SvgTest {

  private final BufferedImage picture = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB);

  private Figure figure() {
    picture.setRGB(3, 4, 0xff8800);
    return Plate.withPanel(picture, 30)
        .draw(
            g -> {
              g.clip(new Rectangle(0, 0, 10, 10));
              g.fillRect(0, 0, 5, 5);
            })
        .draw(
            g -> {
              g.setFont(new Typeface(12).regular());
              g.drawString("a < b & “c”", 4, 40);
            })
        .figure("name", "A title", "A caption.", "What <it> shows");
  }

  private static Element parsed(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
        .getDocumentElement();
  }

  @Test
  void shouldBeAFileOfItsOwnWithTextAndDescription() throws Exception {
    Element root = parsed(figure().svg());
    assertEquals("svg", root.getLocalName());
    assertEquals("0 0 340 50", root.getAttribute("viewBox"));
    assertEquals("340", root.getAttribute("width"));
    assertEquals("A title", root.getElementsByTagName("title").item(0).getTextContent());
    assertEquals("What <it> shows", root.getElementsByTagName("desc").item(0).getTextContent());
    assertEquals("a < b & “c”", root.getElementsByTagName("text").item(0).getTextContent());
    Element image = (Element) root.getElementsByTagName("image").item(0);
    String data = image.getAttributeNS("http://www.w3.org/1999/xlink", "href");
    assertTrue(data.startsWith("data:image/png;base64,"));
    byte[] png = java.util.Base64.getDecoder().decode(data.substring(data.indexOf(',') + 1));
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(png));
    assertEquals(0xff8800, read.getRGB(3, 4) & 0xffffff);
  }

  @Test
  void shouldReferToPicturesThatThePageHolds() throws Exception {
    String inline = figure().inline("f1-", Map.of(picture, "one"));
    Element root = parsed(inline);
    assertEquals("What <it> shows", root.getAttribute("aria-label"));
    assertEquals("img", root.getAttribute("role"));
    assertEquals(0, root.getElementsByTagName("image").getLength());
    assertEquals("#one", ((Element) root.getElementsByTagName("use").item(0)).getAttribute("href"));
    assertFalse(inline.contains("base64"));
  }

  @Test
  void shouldMarkWhatDoesNoMoreThanGuideTheEye() throws Exception {
    Figure figure =
        Plate.blank(40, 20)
            .draw(
                g -> {
                  g.setColor(Typeface.RULE);
                  g.drawLine(0, 5, 40, 5);
                  g.setColor(Typeface.AXIS);
                  g.drawLine(0, 15, 40, 15);
                })
            .figure("name", "A title", "A caption.", "What it shows");
    NodeList lines = parsed(figure.inline("f1-", Map.of())).getElementsByTagName("line");
    assertEquals(2, lines.getLength());
    for (int i = 0; i < 2; i++) {
      Element line = (Element) lines.item(i);
      boolean guide = line.getAttribute("y1").equals("5");
      assertEquals(guide ? "guide" : "", line.getAttribute("class"));
      // One group may have both, and would say it of both.
      assertEquals("", ((Element) line.getParentNode()).getAttribute("class"));
    }
  }

  @Test
  void shouldShareNoIdWithAnotherFigureOfThePage() throws Exception {
    String one = ids(parsed(figure().inline("f1-", Map.of())));
    String two = ids(parsed(figure().inline("f2-", Map.of())));
    assertTrue(one.contains("f1-"), one);
    assertNotEquals(one, two);
    assertFalse(two.contains("f1-"), two);
    assertEquals(one, two.replace("f2-", "f1-"));
  }

  private static String ids(Element root) {
    StringBuilder ids = new StringBuilder();
    NodeList all = root.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      String id = ((Element) all.item(i)).getAttribute("id");
      ids.append(id.isEmpty() ? "" : id + " ");
    }
    return ids.toString();
  }

  @Test
  void shouldClipAPictureThatThePageHolds() throws Exception {
    Figure figure =
        Plate.of(picture)
            .draw(
                g -> {
                  g.clip(new Rectangle(3, 3, 10, 10));
                  g.drawImage(picture, 7, 0, null);
                })
            .figure("name", "A title", "A caption.", "What it shows");
    Element root = parsed(figure.inline("f1-", Map.of(picture, "one")));
    NodeList uses = root.getElementsByTagName("use");
    assertEquals(2, uses.getLength());
    assertFalse(isClipped((Element) uses.item(0)));
    assertTrue(isClipped((Element) uses.item(1)));
    assertEquals("7", ((Element) uses.item(1)).getAttribute("x"));
  }

  private static boolean isClipped(Element element) {
    for (Node each = element; each instanceof Element one; each = each.getParentNode()) {
      if (one.getAttribute("clip-path").startsWith("url(#f1-")) {
        return true;
      }
    }
    return false;
  }

  @Test
  void shouldDrawTheSameEachTime() {
    Figure figure = figure();
    assertEquals(figure.svg(), figure.svg());
    assertEquals(340, figure.width());
    assertEquals(50, figure.height());
  }
}
