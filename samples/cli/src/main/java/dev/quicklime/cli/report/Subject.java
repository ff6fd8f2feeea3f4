package dev.quicklime.cli.report;

import dev.quicklime.Explanation;

/**
 * What all figures of a report start from.
 *
 * @param input the explanation and how it is shown
 * @param unit of the explained values
 * @param size of every drawn picture
 * @param picture its pixels, what the model does not get of it hatched
 * @param grid its superpixels
 */
record Subject(ReportInput input, Unit unit, FigureSize size, Pixels picture, LabelGrid grid) {

  private static final int HATCH = 0x9aa2a9;
  private static final int STRIPE = 0x7d868e;
  private static final int COARSE = 0xf0;

  static Subject of(ReportInput input) {
    Explanation explanation = input.explanation();
    FigureSize size = FigureSize.of(explanation.picture().width(), explanation.picture().height());
    LabelGrid grid = LabelGrid.of(explanation, size);
    Pixels picture = Pixels.draw(explanation.picture(), size);
    hatch(picture, grid);
    return new Subject(input, Unit.of(explanation), size, picture, grid);
  }

  private static void hatch(Pixels picture, LabelGrid grid) {
    int period = Math.max(8, Math.max(picture.width(), picture.height()) / 50);
    int[] rgb = picture.rgb();
    for (int i = 0; i < rgb.length; i++) {
      if (grid.label(i) == LabelGrid.OUTSIDE) {
        int stripe = (i % picture.width() + i / picture.width()) % period;
        // Hardly seen under the hatching, where each level of gray would lengthen the file.
        int gray = 0x010101 * (Pixels.gray(rgb[i]) & COARSE);
        rgb[i] = Pixels.mix(gray, stripe < period / 4 ? STRIPE : HATCH, 0.75);
      }
    }
  }

  Explanation explanation() {
    return input.explanation();
  }

  /** Thickness of lines over the picture. */
  int line() {
    return Math.max(1, Math.round(Math.max(size.width(), size.height()) / 500f));
  }

  /** What is to be said wherever the picture is shown, beginning with a space, or nothing. */
  String geometry() {
    StringBuilder text = new StringBuilder();
    if (grid.isCropped()) {
      text.append(" Hatched parts were cropped away: the model did not get them.");
    }
    int unseen = grid.unseen();
    if (unseen > 0) {
      text.append(" ")
          .append(Numbers.counted(unseen, "superpixel"))
          .append(
              unseen == 1
                  ? " lies in the padding around the picture and is not drawn."
                  : " lie in the padding around the picture and are not drawn.");
    }
    return text.toString();
  }
}
