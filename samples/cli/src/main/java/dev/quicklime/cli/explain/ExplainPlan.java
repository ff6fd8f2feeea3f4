package dev.quicklime.cli.explain;

import dev.quicklime.ExplainOptions;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.cli.options.Like;
import dev.quicklime.cli.run.OutputFolder;
import dev.quicklime.files.RunInputs;
import dev.quicklime.report.figure.Show;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@code explain} is to do, checked as far as that goes without model and pictures.
 *
 * @param pictures what is explained
 * @param names names of their reports, as many
 * @param options how each is explained
 * @param show which weights are shown
 * @param figures how much is drawn
 * @param out where the reports go
 * @param gradcam how maps beside the explanations are computed, or null where none are wanted
 * @param fidelity whether it is measured how far explanations can be trusted
 * @param export whether the matrices are written too
 * @param quiet whether only the paths of the reports are printed
 * @param inputs which files went into the explanation of a picture, or null where that is not kept
 * @param like the explanation that is made again, or null
 */
record ExplainPlan(
    List<Path> pictures,
    List<String> names,
    Function<Path, ExplainOptions> options,
    Show show,
    FigureChoice figures,
    OutputFolder out,
    @Nullable CamOptions gradcam,
    boolean fidelity,
    boolean export,
    boolean quiet,
    Function<Path, @Nullable RunInputs> inputs,
    @Nullable Like like) {}
