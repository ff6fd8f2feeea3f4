package dev.quicklime.cli;

import dev.quicklime.cam.CamOptions;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code gradcam} is to do, checked as far as that goes without model and pictures.
 *
 * @param pictures what is mapped
 * @param names names of their reports, as many
 * @param model whose gradients are taken
 * @param options how maps are computed
 * @param opacity share of a map's colour
 * @param out where the reports go
 * @param export whether the maps are written as arrays too
 * @param quiet whether only the paths of the reports are printed
 */
record GradcamPlan(
    List<Path> pictures,
    List<String> names,
    CamModelFlags.Chosen model,
    CamOptions options,
    double opacity,
    OutputFolder out,
    boolean export,
    boolean quiet) {}
