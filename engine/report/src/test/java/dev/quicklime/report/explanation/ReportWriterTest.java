package dev.quicklime.report.explanation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ClassExplanation;
import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.fidelity.ClassFidelity;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.image.Resize;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.PixelScorer;
import dev.quicklime.model.Target;
import dev.quicklime.report.figure.Show;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.LinearFit;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTest {

  private static final Preprocessing INPUT = Preprocessing.imageNet().withSize(48, 32);

  /** The upper left of 2 × 2 tiles speaks for class 0, the lower right against it. */
  private static final PixelScorer CORNERS =
      pixels -> {
        double difference = 0;
        for (int i = 0; i < 48 * 32; i++) {
          int x = i % 48;
          int y = i / 48;
          difference += x < 24 && y < 16 ? pixels[i] : x >= 24 && y >= 16 ? -pixels[i] : 0;
        }
        return new double[] {difference / 100, -difference / 100};
      };

  @TempDir Path folder;

  private static Image picture(int width, int height, int channels) {
    byte[] pixels = new byte[width * height * channels];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i % channels == 0 ? 230 : 40);
    }
    return Image.of8(width, height, channels, pixels);
  }

  private static Explanation explain(Image picture, Preprocessing input, PixelScorer scorer) {
    try (Explainer explainer =
        Explainer.of(
            Classifier.of("corners", input, 32, scorer),
            Labels.of(List.of("<b>left & \"up\"</b>", "right")))) {
      return explainer.explain(
          picture,
          ExplainOptions.defaults()
              .withSegmenter(new Tiles(2, 2))
              .withTarget(Target.LOGIT)
              .withSurrogate(Lasso.defaults().withAlpha(1e-3))
              .withSamples(40),
          Progress.none());
    }
  }

  private String write(Explanation explanation, Show show) throws IOException {
    ReportWriter.write(
        new ReportInput("a<b>&c.png", Path.of("a<b>&c.png"), explanation, null, null, show),
        folder);
    return Files.readString(folder.resolve("report.html"));
  }

  private BufferedImage figure(String name) throws IOException {
    BufferedImage image = ImageIO.read(folder.resolve(name).toFile());
    assertNotNull(image, name);
    return image;
  }

  /** Colour in the middle of one of 2 × 2 tiles of a figure whose upper part is the picture. */
  private static int tile(BufferedImage figure, int column, int row) {
    int height = figure.getWidth() * 32 / 48;
    // Off the centre, where the superpixel's number stands.
    return figure.getRGB(figure.getWidth() * (1 + 4 * column) / 8, height * (1 + 4 * row) / 8)
        & 0xffffff;
  }

  private static boolean isGray(int rgb) {
    int red = rgb >> 16;
    int green = rgb >> 8 & 0xff;
    int blue = rgb & 0xff;
    return Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue)) <= 6;
  }

  @Test
  void shouldKeepTheColourOfPositivePartsAlone() throws IOException {
    write(explain(picture(96, 64, 3), INPUT, CORNERS), Show.BOTH);
    BufferedImage positive = figure("class-0-positive.png");
    assertFalse(isGray(tile(positive, 0, 0)));
    assertTrue(isGray(tile(positive, 1, 0)));
    assertTrue(isGray(tile(positive, 1, 1)));
  }

  @Test
  void shouldColourTheHeatMapBySign() throws IOException {
    write(explain(picture(96, 64, 3), INPUT, CORNERS), Show.BOTH);
    BufferedImage heat = figure("class-0-heatmap.png");
    int warm = tile(heat, 0, 0);
    int cold = tile(heat, 1, 1);
    assertTrue((warm >> 16) > (warm & 0xff) + 30, Integer.toHexString(warm));
    assertTrue((cold & 0xff) > (cold >> 16) + 30, Integer.toHexString(cold));
    assertTrue(isGray(tile(heat, 1, 0)));
  }

  @Test
  void shouldHideTheSignThatIsNotShown() throws IOException {
    Explanation explanation = explain(picture(96, 64, 3), INPUT, CORNERS);
    write(explanation, Show.POSITIVE);
    assertTrue(isGray(tile(figure("class-0-heatmap.png"), 1, 1)));
    write(explanation, Show.NEGATIVE);
    assertTrue(isGray(tile(figure("class-0-heatmap.png"), 0, 0)));
    assertFalse(isGray(tile(figure("class-0-negative.png"), 1, 1)));
  }

  @Test
  void shouldGiveEveryFigureACaptionAndAnAlternativeText() throws IOException {
    String html = write(explain(picture(96, 64, 3), INPUT, CORNERS), Show.BOTH);
    Matcher figures = Pattern.compile("<figure.*?</figure>", Pattern.DOTALL).matcher(html);
    int count = 0;
    Set<String> numbers = new HashSet<>();
    while (figures.find()) {
      count++;
      String figure = figures.group();
      Matcher alt = Pattern.compile("aria-label=\"([^\"]+)\"").matcher(figure);
      assertTrue(alt.find() && alt.group(1).length() > 10, figure.substring(0, 60));
      Matcher number = Pattern.compile("Figure (\\d+)\\.").matcher(figure);
      assertTrue(number.find());
      numbers.add(number.group(1));
      assertTrue(figure.contains("<svg"));
    }
    // The picture, the heat map of the first class; parts, both signs, boundaries and bars of each
    // class, the heat map of the other one; the model's input, superpixels, samples and three of
    // their distributions.
    assertEquals(7 + 2 * 5, count);
    assertEquals(count, numbers.size());
  }

  @Test
  void shouldShowFidelityWhereItWasMeasured() throws IOException {
    Explanation explanation = explain(picture(96, 64, 3), INPUT, CORNERS);
    assertFalse(write(explanation, Show.BOTH).contains("Fidelity"));
    List<Double> falling = List.of(0.9, 0.5, 0.25, 0.125, 0.0);
    List<Double> rising = falling.reversed();
    Fidelity fidelity =
        new Fidelity(
            List.of(
                new ClassFidelity(
                    0.875, 0.0125, 0.00042, 0.3312, 0.6712, falling, rising, 95.0, 99.0, 0.91, 0.83,
                    1),
                new ClassFidelity(
                    null, 0, 0, 0.5, 0.5, rising, falling, null, null, null, null, 1)),
            Target.PROBABILITY,
            200,
            List.of(1L, 2L, 3L, 4L),
            1234,
            5678);
    ReportWriter.write(
        new ReportInput("a.png", Path.of("a.png"), explanation, fidelity, null, Show.BOTH), folder);
    String html = Files.readString(folder.resolve("report.html"));
    String section =
        html.substring(html.indexOf("<h2 id=\"fidelity\""), html.indexOf("id=\"times\""));
    for (String said :
        List.of(
            "&lt;b&gt;left",
            ">0.875<",
            ">0.0125<",
            ">0.331<",
            ">0.671<",
            ">95.0<",
            ">0.83<",
            "1,234 forwards",
            "5.68 s",
            "200 samples",
            "1, 2, 3, 4",
            "Figure 12.",
            ">–<")) {
      assertTrue(section.contains(said), said + " in " + section.replaceAll("base64,[^\"]*", ""));
    }
    // Encoded figures may hold any letters.
    assertFalse(section.replaceAll("base64,[^\"]*", "").contains("NaN"));
    assertTrue(figure("fidelity-curves.png").getWidth() > 800);
  }

  @Test
  void shouldStandAloneAndEscapeWhatItIsGiven() throws IOException {
    String html = write(explain(picture(96, 64, 3), INPUT, CORNERS), Show.BOTH);
    String text = html.replaceAll("data:image/png;base64,[A-Za-z0-9+/=]+", "");
    // Names of SVG's and XLink's vocabularies are no addresses that anything is fetched from.
    text = text.replaceAll("xmlns(:xlink)?=\"[^\"]*\"", "");
    assertFalse(
        Pattern.compile("https?://|<script src|<link|NaN|Infinity|>null").matcher(text).find());
    assertFalse(text.contains("<b>left"));
    assertFalse(text.contains("a<b>"));
    assertTrue(text.contains("a&lt;b&gt;&amp;c.png"));
    assertTrue(html.length() < 3_000_000);
  }

  @Test
  void shouldSayThatR2IsUndefinedForAConstantClass() throws IOException {
    Explanation constant = explain(picture(96, 64, 3), INPUT, pixels -> new double[] {1, 2});
    String html = write(constant, Show.BOTH);
    assertTrue(html.contains("undefined"));
    assertTrue(html.contains("do not vary"));
  }

  @Test
  void shouldDrawGrayManyChannelledAndCroppedPictures() throws IOException {
    Preprocessing square = INPUT.withSize(32, 32).withResize(Resize.CROP);
    PixelScorer mean = pixels -> new double[] {pixels[0], pixels[500]};
    write(explain(picture(90, 40, 1), square, mean), Show.BOTH);
    // Five times as large, as every picture under 480 pixels is drawn.
    assertEquals(450, figure("original.png").getWidth());
    String html = Files.readString(folder.resolve("report.html"));
    assertTrue(html.contains("cropped"));
    Preprocessing five =
        square.withNormalization(
            List.of(0.5, 0.5, 0.5, 0.5, 0.5), List.of(1.0, 1.0, 1.0, 1.0, 1.0));
    assertTrue(write(explain(picture(40, 40, 5), five, mean), Show.BOTH).contains("channels"));
    assertEquals(480, figure("original.png").getWidth());
  }

  @Test
  void shouldDrawAtThePicturesOwnSizeOrAWholeMultiple() throws IOException {
    write(explain(picture(480, 320, 3), INPUT, CORNERS), Show.BOTH);
    assertEquals(480, figure("boundaries.png").getWidth());
    assertEquals(320, figure("class-1-positive.png").getHeight());
    write(explain(picture(96, 64, 3), INPUT, CORNERS), Show.BOTH);
    assertEquals(5 * 96, figure("boundaries.png").getWidth());
    assertEquals(5 * 64, figure("boundaries.png").getHeight());
    write(explain(picture(2800, 1400, 3), INPUT, CORNERS), Show.BOTH);
    assertEquals(1400, figure("boundaries.png").getWidth());
    assertEquals(700, figure("boundaries.png").getHeight());
  }

  @Test
  void shouldLeaveAPositivePartsPixelsAsTheyAre() throws IOException {
    write(explain(picture(480, 320, 3), INPUT, CORNERS), Show.BOTH);
    assertEquals(0xe62828, tile(figure("class-0-positive.png"), 0, 0));
  }

  @Test
  void shouldHatchWhatWasCroppedAwayInEveryPicture() throws IOException {
    Preprocessing square = INPUT.withSize(32, 32).withResize(Resize.CROP);
    write(explain(picture(480, 320, 3), square, p -> new double[] {p[0], p[500]}), Show.BOTH);
    for (String name : List.of("original", "class-0-positive", "class-0-heatmap")) {
      BufferedImage drawn = figure(name + ".png");
      int outside = drawn.getRGB(20, 160) & 0xffffff;
      assertTrue((outside >> 16 & 0xff) < 200, name + " " + Integer.toHexString(outside));
      assertNotEquals(outside, drawn.getRGB(240, 160) & 0xffffff, name);
    }
  }

  @Test
  void shouldDrawAWhiskerAsLongAsTheStandardError() throws IOException {
    Explanation plain = explain(picture(96, 64, 3), INPUT, CORNERS);
    write(plain, Show.BOTH);
    int without = dark(figure("class-0-weights.png"));
    String html = write(withErrors(plain, 0.2), Show.BOTH);
    int narrow = dark(figure("class-0-weights.png"));
    write(withErrors(plain, 0.6), Show.BOTH);
    int wide = dark(figure("class-0-weights.png"));
    assertTrue(html.contains("whiskers are 95 % intervals") && html.contains("95 % interval<"));
    assertNotEquals(without, narrow);
    assertTrue(wide > narrow + 50, narrow + " against " + wide);
  }

  private static Explanation withErrors(Explanation e, double share) {
    List<ClassExplanation> classes =
        e.classes().stream()
            .map(
                c -> {
                  LinearFit fit = c.fit();
                  List<Double> errors =
                      fit.coefficients().stream().map(w -> Math.abs(w) * share).toList();
                  return new ClassExplanation(
                      c.scored(),
                      new LinearFit(
                          fit.intercept(),
                          fit.coefficients(),
                          new Intervals.Margins(
                              Intervals.Kind.SANDWICH,
                              errors,
                              Collections.nCopies(errors.size(), Double.POSITIVE_INFINITY)),
                          fit.alpha(),
                          fit.r2(),
                          null,
                          fit.notices()));
                })
            .toList();
    return new Explanation(
        e.picture(),
        e.placement(),
        e.perturbation(),
        e.target(),
        e.outputs(),
        e.scores(),
        classes,
        e.samples(),
        e.stopping(),
        e.timings(),
        e.provenance(),
        e.notices());
  }

  /** Pixels in the colour of text and whiskers, in the middle of the chart where only bars are. */
  private static int dark(BufferedImage chart) {
    int count = 0;
    for (int y = 60; y < chart.getHeight() - 110; y++) {
      for (int x = chart.getWidth() / 6; x < chart.getWidth(); x++) {
        int rgb = chart.getRGB(x, y);
        count += (rgb >> 16 & 0xff) < 90 && (rgb & 0xff) < 90 ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void shouldStayUnderThreeMegabytesForATexturedPicture() throws IOException {
    Random random = new Random(1);
    byte[] pixels = new byte[512 * 512 * 3];
    for (int i = 0; i < 512 * 512; i++) {
      int x = i % 512;
      int y = i / 512;
      double shade = 120 + 70 * Math.sin(x / 19.0) * Math.cos(y / 31.0);
      double grain = random.nextGaussian() * 2.5;
      for (int c = 0; c < 3; c++) {
        pixels[3 * i + c] = (byte) (shade + grain - 12 * c);
      }
    }
    Explanation explanation =
        explain(Image.of8(512, 512, 3, pixels), INPUT.withSize(224, 224), CORNERS);
    assertTrue(write(explanation, Show.BOTH).length() < 3_000_000);
  }
}
