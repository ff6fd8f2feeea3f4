package dev.quicklime.report.drawing;

import java.awt.Dimension;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.StringWriter;
import java.text.DecimalFormat;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.DefaultErrorHandler;
import org.apache.batik.svggen.DefaultExtensionHandler;
import org.apache.batik.svggen.DefaultImageHandler;
import org.apache.batik.svggen.DefaultStyleHandler;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.apache.batik.svggen.SVGIDGenerator;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Writes a drawing as SVG: pictures stay pixels, all lettering and all charts become shapes and
 * text.
 *
 * @param drawing what is written
 * @param id begins every id in it, so that one page can hold several
 * @param shared pictures that are there already under an id, to which it refers
 * @param encoder gives the files of those that are not
 */
record Svg(
    Drawing drawing,
    String id,
    Map<BufferedImage, String> shared,
    Function<BufferedImage, byte[]> encoder) {

  private static final String NAMESPACE = "http://www.w3.org/2000/svg";
  private static final String XLINK = "http://www.w3.org/1999/xlink";

  /**
   * Places of text were computed for the letters of DejaVu Sans, which Java takes where there is
   * it; those of Verdana are as wide, on systems that lack the first.
   */
  private static final String FONTS = "'DejaVu Sans', 'Bitstream Vera Sans', Verdana, sans-serif";

  private static final String RULE =
      "rgb(%s,%s,%s)"
          .formatted(Typeface.RULE.getRed(), Typeface.RULE.getGreen(), Typeface.RULE.getBlue());

  private static final String NONE = "none";
  private static final Set<String> SHAPES =
      Set.of("line", "path", "rect", "polyline", "polygon", "circle", "ellipse");

  /** Decimals of a coordinate: a tenth of a pixel is not seen. */
  private static final int DECIMALS = 2;

  /** A file of its own. */
  String file(String title, String description) {
    Element root = root(true);
    root.setAttribute("width", Integer.toString(drawing.width()));
    root.setAttribute("height", Integer.toString(drawing.height()));
    root.setAttribute("role", "img");
    Document document = root.getOwnerDocument();
    Element name = document.createElementNS(NAMESPACE, "title");
    name.setTextContent(title);
    Element about = document.createElementNS(NAMESPACE, "desc");
    about.setTextContent(description);
    root.insertBefore(about, root.getFirstChild());
    root.insertBefore(name, about);
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + markup(root);
  }

  /** Marks what is drawn in the colour of guides, of which nothing depends on being seen. */
  private static void guide(Element root) {
    NodeList all = root.getElementsByTagNameNS(NAMESPACE, "*");
    for (int i = 0; i < all.getLength(); i++) {
      Element each = (Element) all.item(i);
      String fill = painted(each, "fill");
      String stroke = painted(each, "stroke");
      if (SHAPES.contains(each.getLocalName())
          && ((fill.equals(RULE) && stroke.equals(NONE))
              || (fill.equals(NONE) && stroke.equals(RULE)))) {
        each.setAttribute("class", "guide");
      }
    }
  }

  /** An element's own paint, or that of the nearest one around it. */
  private static String painted(Element element, String paint) {
    for (Node each = element; each instanceof Element one; each = each.getParentNode()) {
      if (one.hasAttribute(paint)) {
        return one.getAttribute(paint);
      }
    }
    return NONE;
  }

  /** A part of a page of HTML. */
  String inline(String description) {
    // Pages draw outlines by themselves where readers can ask them; here they would be their size.
    Element root = root(false);
    guide(root);
    root.setAttribute("class", "drawn");
    root.setAttribute("role", "img");
    root.setAttribute("aria-label", description);
    root.setAttribute("style", "aspect-ratio:%s/%s".formatted(drawing.width(), drawing.height()));
    return markup(root);
  }

  private Element root(boolean shapes) {
    Document document = empty();
    SVGGraphics2D g = new SVGGraphics2D(new Context(document), false);
    g.setSVGCanvasSize(new Dimension(drawing.width(), drawing.height()));
    drawing.draw(g, shapes);
    Element root = g.getRoot();
    g.dispose();
    root.setAttribute("viewBox", "0 0 %s %s".formatted(drawing.width(), drawing.height()));
    root.removeAttribute("width");
    root.removeAttribute("height");
    name(root);
    refer(root);
    document.appendChild(root);
    return root;
  }

  private static Document empty() {
    try {
      // Looked for among all jars it would take longer than some drawings.
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
      Document document = factory.newDocumentBuilder().newDocument();
      document.setXmlStandalone(true);
      return document;
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the JDK's own XML library cannot make a document", e);
    }
  }

  /** Names fonts in place of Java's logical one, and nothing twice in a page. */
  private static void name(Element element) {
    if (element.hasAttribute("font-family")) {
      element.setAttribute("font-family", FONTS);
    }
    NodeList all = element.getElementsByTagNameNS(NAMESPACE, "*");
    for (int i = 0; i < all.getLength(); i++) {
      Element each = (Element) all.item(i);
      if (each.hasAttribute("font-family")) {
        each.setAttribute("font-family", FONTS);
      }
      if (each.getAttribute("id").equals("genericDefs")) {
        // The one id that no generator gives; nothing refers to it.
        each.removeAttribute("id");
      }
    }
  }

  /** An element that embeds a picture cannot refer to one: another kind does. */
  private static void refer(Element root) {
    NodeList images = root.getElementsByTagNameNS(NAMESPACE, "image");
    for (int i = images.getLength() - 1; i >= 0; i--) {
      Element image = (Element) images.item(i);
      if (image.getAttributeNS(XLINK, "href").startsWith("#")) {
        Element use = image.getOwnerDocument().createElementNS(NAMESPACE, "use");
        use.setAttribute("href", image.getAttributeNS(XLINK, "href"));
        for (String kept : List.of("x", "y", "transform", "clip-path", "opacity")) {
          if (image.hasAttribute(kept)) {
            use.setAttribute(kept, image.getAttribute(kept));
          }
        }
        image.getParentNode().replaceChild(use, image);
      }
    }
  }

  private static String markup(Element root) {
    StringWriter text = new StringWriter();
    try {
      SVGGraphics2D writer =
          new SVGGraphics2D(SVGGeneratorContext.createDefault(root.getOwnerDocument()), false);
      writer.stream(root, text, false, false);
    } catch (SVGGraphics2DIOException e) {
      throw new IllegalStateException("a drawing cannot be written to memory", e);
    }
    String markup = text.toString();
    return markup.substring(markup.indexOf("<svg"));
  }

  /** How Batik writes; it rounds by a format that all drawings of a process would share. */
  private final class Context extends SVGGeneratorContext {

    Context(Document document) {
      super(document);
      setIDGenerator(
          new SVGIDGenerator() {
            @Override
            public String generateID(String prefix) {
              return super.generateID(id + prefix);
            }
          });
      setExtensionHandler(new DefaultExtensionHandler());
      setImageHandler(new Pictures());
      setStyleHandler(new DefaultStyleHandler());
      setErrorHandler(new DefaultErrorHandler());
      setPrecision(DECIMALS);
      // A format is for one thread.
      decimalFormat = (DecimalFormat) decimalFormat.clone();
    }
  }

  /** Embeds pictures, or refers to those that are there. */
  private final class Pictures extends DefaultImageHandler {

    @Override
    protected void handleHREF(Image image, Element element, SVGGeneratorContext context) {
      refer((BufferedImage) image, element);
    }

    @Override
    protected void handleHREF(RenderedImage image, Element element, SVGGeneratorContext context) {
      refer((BufferedImage) image, element);
    }

    private void refer(BufferedImage picture, Element element) {
      String known = shared.get(picture);
      String address =
          known == null
              ? "data:image/png;base64,"
                  + Base64.getEncoder().encodeToString(encoder.apply(picture))
              : "#" + known;
      element.setAttributeNS(XLINK, "xlink:href", address);
    }
  }
}
