package dev.quicklime.report.figure;

import dev.quicklime.Explanation;
import dev.quicklime.cam.CamMap;
import dev.quicklime.cam.SideBySide;
import dev.quicklime.fidelity.ClassComparison;
import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.text.Numbers;

/**
 * Draws Grad-CAM's map of a class beside the explanation's own figures.
 *
 * @param subject the report
 * @param beside the maps
 */
public record BesideFigure(Subject subject, SideBySide beside) {

  private static final double OPACITY = 0.65;

  private static final String AXIS = "activation × gradient (raw score)";

  /**
   * Draws the map of one class over the picture.
   *
   * @param position position of the class among the explained ones
   */
  public Figure draw(int position) {
    CamMap map = beside.maps().get(position);
    return overlay().figure(text(position), map, 0, limit(map), AXIS, subject.size().type());
  }

  /**
   * The same without the key to its colours.
   *
   * @param position position of the class among the explained ones
   */
  public Figure drawAlone(int position) {
    CamMap map = beside.maps().get(position);
    return overlay().figure(text(position), map, 0, limit(map));
  }

  /**
   * The key to the colours.
   *
   * @param position position of the class among the explained ones
   */
  public ColourKey key(int position) {
    return CamOverlay.key(limit(beside.maps().get(position)), AXIS);
  }

  private static double limit(CamMap map) {
    return CamOverlay.limit(map.largest());
  }

  private CamOverlay overlay() {
    Explanation explanation = subject.explanation();
    return CamOverlay.over(
        subject.prints(),
        explanation.picture(),
        explanation.placement(),
        explanation.segments().width(),
        explanation.segments().height(),
        OPACITY);
  }

  private CamOverlay.Text text(int position) {
    Explanation explanation = subject.explanation();
    CamMap map = beside.maps().get(position);
    ClassComparison found = beside.comparison().classes().get(position);
    String label = explanation.classes().get(position).scored().label();
    String layer = beside.result().layer().called();
    String size = "%s × %s".formatted(map.width(), map.height());
    String correlation =
        found.rankCorrelation() == null
            ? "none is defined"
            : Numbers.fixed(found.rankCorrelation(), 2);
    return new CamOverlay.Text(
        "class-%s-gradcam".formatted(map.index()),
        "Grad-CAM of “" + label + "”",
        (map.largest() > 0
                ? "Orange is where the maps of layer %s raise the class; %s places, interpolated."
                    .formatted(layer, size)
                : "No place of layer %s raises the class.".formatted(layer))
            + subject.geometry(),
        "Grad-CAM heat map of %s, of %s places; rank correlation with the weights: %s."
            .formatted(label, size, correlation));
  }
}
