#!/usr/bin/env bash
# In a PDF by pdfbox-graphics2d a clip that contains nothing lets everything through.
#
# A Graphics2D that is clipped to an empty area paints nothing, as that of a BufferedImage shows. PdfBoxGraphics2D writes a
# clip as a path and the operator W; of an empty area there is no path, and without one a reader of PDF clips nothing. So what is painted through
# an area that happens to be empty, say the parts of a picture that match a condition when none does, covers the page.
#
# What helps is to paint nothing where the area is empty.
#
# Seen with graphics2d 3.0.5, pdfbox 3.0.6, Java 25.0.3; a black square of 80 points painted on 100 by 100, dark pixels of 10,000:
#
#   clip of                  BufferedImage   PDF
#   a square of 40           1600            1600
#   an empty area            0               6400
#   two areas that are apart 0               6400
#
# Needs a JDK 21 or later (JAVA_HOME, or on the PATH), Maven, and some 10 MB of downloads. Exits with 0 where all is as described, with 1 where it
# is not, and with 2 where it could not be tried.
set -euo pipefail

graphics2d=3.0.5
pdfbox=3.0.6
plugin=org.apache.maven.plugins:maven-dependency-plugin:3.11.0
bin=${JAVA_HOME:+$JAVA_HOME/bin/}

untried() {
  echo "not tried: $*" >&2
  exit 2
}

command -v "${bin}java" >/dev/null || untried 'it needs a JDK'
command -v mvn >/dev/null || untried 'it needs Maven'

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

cat >pom.xml <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>demo</groupId>
  <artifactId>demo</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>de.rototor.pdfbox</groupId>
      <artifactId>graphics2d</artifactId>
      <version>$graphics2d</version>
    </dependency>
    <dependency>
      <groupId>org.apache.pdfbox</groupId>
      <artifactId>pdfbox</artifactId>
      <version>$pdfbox</version>
    </dependency>
  </dependencies>
</project>
XML
mvn -q -B -Dstyle.color=never "$plugin:copy-dependencies" -DoutputDirectory="$tmp/jars" >mvn.log 2>&1 ||
  { cat mvn.log >&2; untried "Maven did not get graphics2d $graphics2d and pdfbox $pdfbox"; }

cat >Clips.java <<'JAVA'
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Area;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.PDFRenderer;

public class Clips {
  static final int SIDE = 100;

  public static void main(String[] args) throws IOException {
    Area apart = new Area(new Rectangle(0, 0, 10, 10));
    apart.intersect(new Area(new Rectangle(50, 50, 10, 10)));
    show("a square of 40", new Area(new Rectangle(20, 20, 40, 40)));
    show("an empty area", new Area());
    show("two areas that are apart", apart);
  }

  static void show(String what, Area clip) throws IOException {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    paint(image.createGraphics(), clip);
    System.out.printf("%-25s%-16d%d%n", what, dark(image), dark(printed(clip)));
  }

  static void paint(Graphics2D g, Area clip) {
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, SIDE, SIDE);
    g.clip(clip);
    g.setColor(Color.BLACK);
    g.fillRect(10, 10, 80, 80);
    g.dispose();
  }

  static BufferedImage printed(Area clip) throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage(new PDRectangle(SIDE, SIDE));
      document.addPage(page);
      PdfBoxGraphics2D g = new PdfBoxGraphics2D(document, SIDE, SIDE);
      paint(g, clip);
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.drawForm(g.getXFormObject());
      }
      return new PDFRenderer(document).renderImageWithDPI(0, 72);
    }
  }

  static int dark(BufferedImage image) {
    int dark = 0;
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        dark += (image.getRGB(x, y) & 0xff) < 128 ? 1 : 0;
      }
    }
    return dark;
  }
}
JAVA
"${bin}java" -Djava.awt.headless=true -cp 'jars/*' Clips.java | tee got

cat >expected <<'TEXT'
a square of 40           1600            1600
an empty area            0               6400
two areas that are apart 0               6400
TEXT
diff expected got >&2 || { echo 'not as described' >&2; exit 1; }
