package dev.quicklime.cli.gradcam;

import dev.quicklime.cam.CamOptions;
import dev.quicklime.cli.run.OutputFolder;
import dev.quicklime.report.drawing.FigureFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What {@code gradcam} is to do, checked as far as that goes without model and pictures.
 *
 * @param pictures what is mapped
 * @param videos those that are videos, and how they are taken
 * @param names names of their reports, as many
 * @param model whose gradients are taken
 * @param options how maps are computed
 * @param opacity share of a map's colour
 * @param out where the reports go
 * @param formats of figures beside the pages
 * @param export whether the maps are written as arrays too
 * @param quiet whether only the paths of the reports are printed
 */
record GradcamPlan(
    List<Path> pictures,
    Videos videos,
    List<String> names,
    CamModelFlags.Chosen model,
    CamOptions options,
    double opacity,
    OutputFolder out,
    Set<FigureFormat> formats,
    boolean export,
    boolean quiet) {

  /**
   * Videos among the pictures.
   *
   * @param paths which they are
   * @param clip frames of a clip, or 0 for a model of pictures
   * @param rate frames per second of what is written, or 0 for those of the video
   */
  record Videos(Set<Path> paths, int clip, double rate) {

    /** Copies the set. */
    Videos {
      paths = Set.copyOf(paths);
    }
  }

  /** The same when it is known how many outputs the model has, which may settle their names. */
  GradcamPlan settled(int outputs) {
    return new GradcamPlan(
        pictures,
        videos,
        names,
        model.settled(outputs),
        options,
        opacity,
        out,
        formats,
        export,
        quiet);
  }
}
