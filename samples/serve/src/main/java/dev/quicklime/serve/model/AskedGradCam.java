package dev.quicklime.serve.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.Explanation;
import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.cam.CamInput;
import dev.quicklime.cam.CamMap;
import dev.quicklime.cam.CamModel;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.cam.CamResult;
import dev.quicklime.files.GradcamJson;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Labels;
import dev.quicklime.report.figure.CamOverlay;
import dev.quicklime.run.Stage;
import java.util.Base64;
import java.util.List;

/**
 * Grad-CAM of one picture, mapped before it is explained: what the model or the layer cannot do is
 * said at once then. For one thread.
 */
final class AskedGradCam {

  /** Share of a map's colour in an overlay, as the command has it unless told otherwise. */
  private static final double OPACITY = 0.5;

  private final ExplainCall call;
  private final CamInput input;
  private final Preprocessing preprocessing;
  private CamOptions options;
  private CamResult result;

  private AskedGradCam(
      ExplainCall call,
      CamInput input,
      Preprocessing preprocessing,
      CamOptions options,
      CamResult result) {
    this.call = call;
    this.input = input;
    this.preprocessing = preprocessing;
    this.options = options;
    this.result = result;
  }

  /**
   * Maps the classes that are going to be explained, as far as that is known.
   *
   * @throws InvalidInputException if the model has no gradients, or no such layer or class
   */
  static AskedGradCam of(ExplainCall call, Image picture) {
    Preprocessing preprocessing = call.model().explainer().classifier().format().preprocessing();
    CamInput input = CamInput.pictures(List.of(picture), preprocessing);
    CamOptions defaults = CamOptions.defaults().withLayer(call.layer());
    CamOptions options =
        switch (call.asked().options().classes()) {
          case ClassChoice.Top(int top) -> defaults.withTop(top);
          case ClassChoice.Listed(List<Integer> indices) -> defaults.withClasses(indices);
        };
    return new AskedGradCam(call, input, preprocessing, options, mapped(call, input, options));
  }

  private static CamResult mapped(ExplainCall call, CamInput input, CamOptions options) {
    try {
      return call.model().gradCam().get().explain(input, options);
    } catch (QuicklimeException e) {
      // It scores, or nothing would be explained: what fails is the way back.
      throw new InvalidInputException(
          "parameters.include cannot have gradcam: " + e.getMessage(), e);
    }
  }

  /** Adds {@code gradcam} to each class of an explanation, and to the whole. */
  void put(ObjectNode node, Explanation explanation) {
    List<Integer> explained =
        explanation.classes().stream().map(one -> one.scored().index()).toList();
    if (!explained.equals(result.first().stream().map(CamMap::index).toList())) {
      // The best by scores that were rounded otherwise may be others, or in another order.
      options = options.withClasses(explained);
      result = mapped(call, input, options);
    }
    Image picture = explanation.picture();
    GradcamJson json =
        new GradcamJson(
            call.model().explainer().classifier().info().name(),
            preprocessing,
            Labels.none(),
            options);
    CamOverlay overlay =
        CamOverlay.of(
            picture,
            preprocessing.placement(picture.width(), picture.height()),
            preprocessing.width(),
            preprocessing.height(),
            OPACITY,
            picture.width(),
            picture.height());
    for (int c = 0; c < explained.size(); c++) {
      CamMap map = result.first().get(c);
      ObjectNode one = json.tree(map, picture);
      Image drawn = overlay.draw(map, 0, CamOverlay.limit(map.largest()));
      one.put("label", explanation.classes().get(c).scored().label());
      one.put("overlay", Base64.getEncoder().encodeToString(ImageFiles.encodePng(drawn)));
      ((ObjectNode) node.path("classes").get(c)).set("gradcam", one);
    }
    ObjectNode whole = node.putObject("gradcam");
    whole.set("layer", GradcamJson.of(result.layer()));
    whole.set("options", GradcamJson.of(options));
    whole.put("precision", CamModel.PRECISION);
    result.notices().forEach(whole.putArray("notices")::add);
    ObjectNode timings = whole.putObject("timings");
    timings.put("forward", result.timings().of(Stage.FORWARD));
    timings.put("backward", result.timings().of(Stage.BACKWARD));
    timings.put("maps", result.timings().of(Stage.MAPS));
  }
}
