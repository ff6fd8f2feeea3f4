package dev.quicklime.cli.study;

import dev.quicklime.cam.CamOptions;
import dev.quicklime.cli.options.Settings;
import dev.quicklime.cli.run.OutputFolder;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code study} is to do, checked as far as that goes without model and pictures.
 *
 * @param pictures what is explained
 * @param chosen how, by which model
 * @param out where the study goes
 * @param name of its folder there
 * @param gradcam how maps are computed, or null where none are wanted
 * @param gradcamAsked whether a model without maps is a mistake
 * @param fidelity whether it is measured how far explanations can be trusted
 * @param profile whether fits from fewer samples are compared
 * @param pdf whether the study is printed too
 * @param export whether the matrices are written too
 * @param quiet whether only the path of the study is printed
 */
record StudyPlan(
    List<Path> pictures,
    Settings.Chosen chosen,
    OutputFolder out,
    String name,
    @Nullable CamOptions gradcam,
    boolean gradcamAsked,
    boolean fidelity,
    boolean profile,
    boolean pdf,
    boolean export,
    boolean quiet) {}
