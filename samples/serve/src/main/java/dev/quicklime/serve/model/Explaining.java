package dev.quicklime.serve.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.Explanation;
import dev.quicklime.files.ExplanationJson;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.report.figure.HeatMaps;
import dev.quicklime.report.figure.Show;
import dev.quicklime.run.Progress;
import dev.quicklime.run.Timings;
import dev.quicklime.segment.PlacedSegments;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Explains pictures as answers have them: what {@code explanation.json} has, and the figures that
 * are asked for as PNG in base64, {@code heatmap} and {@code overlay} in each class and {@code
 * labels} in the whole; {@code gradcam} is in both.
 */
public final class Explaining {

  /** What a label map has outside of what the model saw. */
  public static final int OUTSIDE = 0xffff;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final AnswerCache cache;
  private final Consumer<Timings> made;

  /**
   * Explains, unless the answer is kept already.
   *
   * @param cache which answers are kept
   * @param made hears how long each explanation took that was not kept, on the thread that made it
   */
  public Explaining(AnswerCache cache, Consumer<Timings> made) {
    this.cache = Objects.requireNonNull(cache, "cache");
    this.made = Objects.requireNonNull(made, "made");
  }

  /**
   * Explains a picture on the calling thread, which may be interrupted.
   *
   * @param progress hears of samples that are scored; of none where the answer was kept
   * @param heard hears of the explanation, unless the answer was kept
   * @return a JSON object in UTF-8
   * @throws dev.quicklime.InvalidInputException if the picture or an option is wrong
   * @throws dev.quicklime.QuicklimeException if the model fails
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public byte[] explain(ExplainCall call, Progress progress, Consumer<Explanation> heard) {
    Objects.requireNonNull(call, "call");
    Objects.requireNonNull(progress, "progress");
    Objects.requireNonNull(heard, "heard");
    if (!cache.keeps()) {
      Image picture = read(call);
      AskedGradCam gradCam = gradCam(call, picture);
      Explanation explanation = explained(call, picture, progress);
      heard.accept(explanation);
      return written(call, explanation, gradCam);
    }
    AnswerCache.Key key = AnswerCache.Key.of(call);
    byte[] kept = cache.find(key);
    if (kept != null) {
      return kept;
    }
    Explanation before = cache.find(key.run());
    Image picture = before == null ? read(call) : before.picture();
    AskedGradCam gradCam = gradCam(call, picture);
    Explanation explanation =
        before == null
            ? explained(call, picture, progress)
            : before.refit(call.asked().options().surrogate());
    if (before == null) {
      cache.keep(key.run(), explanation);
    }
    heard.accept(explanation);
    byte[] answer = written(call, explanation, gradCam);
    cache.keep(key, answer);
    return answer;
  }

  private static Image read(ExplainCall call) {
    return call.picture().read(call.asked().options().limits());
  }

  private static @Nullable AskedGradCam gradCam(ExplainCall call, Image picture) {
    return call.figures().contains(FigureKind.GRADCAM) ? AskedGradCam.of(call, picture) : null;
  }

  private Explanation explained(ExplainCall call, Image picture, Progress progress) {
    Explanation explanation =
        call.model().explainer().explain(picture, call.asked().options(), progress);
    made.accept(explanation.timings());
    return explanation;
  }

  private static byte[] written(
      ExplainCall call, Explanation explanation, @Nullable AskedGradCam gradCam) {
    ObjectNode node = ExplanationJson.tree(call.picture().name(), explanation);
    put(node, explanation, call.figures(), call.asked().show());
    if (gradCam != null) {
      gradCam.put(node, explanation);
    }
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an explanation could not be turned into JSON", e);
    }
  }

  private static void put(
      ObjectNode node, Explanation explanation, Set<FigureKind> figures, Show show) {
    JsonNode classes = node.path("classes");
    List<Integer> indices =
        explanation.classes().stream().map(explained -> explained.scored().index()).toList();
    for (int c = 0; c < indices.size(); c++) {
      ObjectNode one = (ObjectNode) classes.get(c);
      if (figures.contains(FigureKind.HEATMAP)) {
        one.put("heatmap", png(HeatMaps.heatMap(explanation, indices.get(c), show)));
      }
      if (figures.contains(FigureKind.OVERLAY)) {
        one.put("overlay", png(HeatMaps.overlay(explanation, indices.get(c), show)));
      }
    }
    if (figures.contains(FigureKind.LABELS)) {
      node.put("labels", labels(explanation.superpixels()));
    }
  }

  private static byte[] png(BufferedImage figure) {
    return ImageFiles.encodePng(Image.of(figure));
  }

  /** A PNG of 16 bits, at the picture's own size. */
  private static byte[] labels(PlacedSegments placed) {
    BufferedImage map =
        new BufferedImage(placed.width(), placed.height(), BufferedImage.TYPE_USHORT_GRAY);
    for (int y = 0; y < placed.height(); y++) {
      for (int x = 0; x < placed.width(); x++) {
        int label = placed.label(x, y);
        map.getRaster().setSample(x, y, 0, label == PlacedSegments.OUTSIDE ? OUTSIDE : label);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // Not over a file in the folder for temporary ones, as streams of ImageIO's own choice go.
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(map, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
