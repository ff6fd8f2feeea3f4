package dev.quicklime.cli.run;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.PreparedPicture;
import dev.quicklime.cam.CamModel;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.cam.SideBySide;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.run.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Explains pictures and measures on explanations, with a line that shows how far it is.
 *
 * @param explainer does it
 * @param gradCam of the same model, or null where no maps are wanted
 * @param pictures all of the run, which calls number from 0
 * @param shown whether somebody watches
 * @param slow hears how fast it goes
 */
public record Measuring(
    Explainer explainer,
    @Nullable CamModel gradCam,
    List<Path> pictures,
    boolean shown,
    SlowRun slow) {

  /**
   * Measuring that says once of a slow run what it will take.
   *
   * @param times how many times the forward passes of an explanation each picture takes
   * @param shorter what would make the run shorter with such a model
   * @param notices hears that
   */
  public Measuring(
      Explainer explainer,
      @Nullable CamModel gradCam,
      List<Path> pictures,
      boolean shown,
      int times,
      Function<ClassifierInfo, List<String>> shorter,
      Consumer<String> notices) {
    this(
        explainer,
        gradCam,
        pictures,
        shown,
        new SlowRun(
            pictures.size(),
            times,
            shorter,
            notice -> ProgressLine.aside(() -> notices.accept(notice)),
            System::nanoTime));
  }

  /** What a picture is called. */
  public static String name(Path picture) {
    return String.valueOf(picture.getFileName());
  }

  /** Begins a line about a picture, in the unit of forward passes. */
  public ProgressLine line(int index, String phase, long total) {
    return ProgressLine.begin(
        new ProgressTask(name(pictures.get(index)), phase, index + 1, pictures.size(), "images"),
        total,
        shown);
  }

  private Progress heard(ProgressLine line) {
    return shown ? slow.watching(line, explainer.classifier()::info) : line;
  }

  /** Explains a picture. */
  public Explanation explain(int index, ExplainOptions options) {
    try (ProgressLine line = line(index, "explain", options.samples() + 1L)) {
      return explainer.explain(pictures.get(index), options, heard(line));
    } finally {
      TimeLine.reached("the picture is explained");
    }
  }

  /** What comes before the model, without a line: another picture may have one meanwhile. */
  public PreparedPicture prepare(int index, ExplainOptions options) {
    return explainer.prepare(pictures.get(index), options);
  }

  /** Explains a prepared picture. */
  public Explanation explain(int index, PreparedPicture prepared) {
    try (ProgressLine line = line(index, "explain", prepared.options().samples() + 1L)) {
      return explainer.explain(prepared, heard(line));
    } finally {
      TimeLine.reached("the picture is explained");
    }
  }

  /** Measures how far an explanation can be trusted. */
  public Fidelity fidelity(int index, Explanation explanation) {
    try (ProgressLine line = line(index, "fidelity", 5L * explanation.samples().rows())) {
      return explainer.fidelity(explanation, line);
    } finally {
      TimeLine.reached("fidelity is measured");
    }
  }

  /** Sets Grad-CAM beside an explanation, or null where no maps are wanted. */
  public @Nullable SideBySide beside(
      int index, Explanation explanation, @Nullable CamOptions options) {
    if (gradCam == null || options == null) {
      return null;
    }
    long about = 4L * explanation.classes().size() * (explanation.segments().count() + 1L);
    try (ProgressLine line = line(index, "Grad-CAM", about)) {
      return SideBySide.of(explainer, gradCam, explanation, options, line);
    } finally {
      TimeLine.reached("Grad-CAM is set beside it");
    }
  }
}
