package dev.quicklime.serve.http;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.segment.Tiles;
import dev.quicklime.serve.model.OptionReader;
import dev.quicklime.serve.model.ServedModel;
import java.util.Base64;
import java.util.List;

/** Models of plain Java, and pictures for them. */
final class TestModels {

  /** Side of the pictures. */
  static final int SIDE = 16;

  static final ExplainOptions OPTIONS =
      ExplainOptions.defaults().withSegmenter(new Tiles(2, 2)).withSamples(40);

  private TestModels() {}

  /** Three classes: how red, green and blue the left half is. */
  static Explainer halves() {
    return slow(() -> {});
  }

  /** The same, which does something for each picture. */
  static Explainer slow(Runnable each) {
    Preprocessing input = Preprocessing.imageNet().withSize(SIDE, SIDE).withoutNormalization();
    return Explainer.of(
        Classifier.of(
            "halves",
            input,
            4,
            pixels -> {
              each.run();
              double[] sums = new double[3];
              int plane = pixels.length / 3;
              for (int c = 0; c < 3; c++) {
                for (int i = 0; i < plane; i++) {
                  sums[c] += i % SIDE < SIDE / 2 ? pixels[c * plane + i] : 0;
                }
                sums[c] /= plane;
              }
              return sums;
            }),
        Labels.of(List.of("red", "green", "blue")));
  }

  static ServedModel served(String name, Explainer explainer) {
    return new ServedModel(name, explainer, OptionReader.fixed(OPTIONS));
  }

  /** Red on the left, blue on the right. */
  static Image picture() {
    byte[] levels = new byte[SIDE * SIDE * 3];
    for (int i = 0; i < SIDE * SIDE; i++) {
      levels[3 * i + (i % SIDE < SIDE / 2 ? 0 : 2)] = (byte) 200;
    }
    return Image.of8(SIDE, SIDE, 3, levels);
  }

  static String base64() {
    return Base64.getEncoder().encodeToString(ImageFiles.encodePng(picture()));
  }

  /** A body with the picture, and what comes behind it within the object. */
  static String body(String more) {
    return "{\"instances\":[{\"image\":{\"b64\":\"" + base64() + "\"}}]" + more + "}";
  }
}
