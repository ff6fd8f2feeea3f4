package dev.quicklime.cli.study;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.cam.CamModel;
import dev.quicklime.cam.SideBySide;
import dev.quicklime.cli.options.Faster;
import dev.quicklime.cli.run.Colours;
import dev.quicklime.cli.run.Interruption;
import dev.quicklime.cli.run.Measuring;
import dev.quicklime.cli.run.OutputFolder;
import dev.quicklime.cli.run.PictureFailures;
import dev.quicklime.cli.run.ProgressLine;
import dev.quicklime.cli.run.Staging;
import dev.quicklime.cli.run.TimeLine;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.files.ExplanationJson;
import dev.quicklime.files.RunArchive;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.profile.PictureProfile;
import dev.quicklime.profile.ProfileOptions;
import dev.quicklime.profile.ProfileRow;
import dev.quicklime.report.explanation.ExplanationText;
import dev.quicklime.report.print.Printing;
import dev.quicklime.report.study.StudiedPicture;
import dev.quicklime.report.study.Study;
import dev.quicklime.scenes.Bundled;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * Explains several pictures, measures how far that can be trusted, and writes one report of all.
 * What is wrong with a picture is kept for the end; what is wrong with the model or the disk ends
 * the run, and nothing is left of it. For one thread and one use.
 */
final class StudyRun {

  /** Seeds of the fits from fewer samples. */
  private static final int SEEDS = 3;

  /** Numbers of samples of these fits, each half of the next. */
  private static final int COUNTS = 5;

  private static final int REFERENCE_SHARE = 4;
  private static final int LEAST_REFERENCE = 2048;
  private static final int HELD_OUT = 256;

  /** Forward passes of what is measured besides, about, in those of an explanation. */
  private static final int FIDELITY_SHARE = 5;

  private static final int PROFILE_SHARE = 9;

  private final StudyPlan plan;
  private final Explainer explainer;
  private final Measuring measuring;
  private final PrintWriter out;
  private final Consumer<String> notices;
  private final List<Exception> failures = new ArrayList<>();

  /**
   * Prepares a run.
   *
   * @param gradCam what is set beside the explanations, or null
   * @param out hears what was found
   * @param notices hears what is to be kept in mind about it
   * @param bundled whether the model is the bundled one
   * @param terminal whether somebody watches
   */
  StudyRun(
      StudyPlan plan,
      Explainer explainer,
      @Nullable CamModel gradCam,
      PrintWriter out,
      Consumer<String> notices,
      boolean bundled,
      boolean terminal) {
    this.plan = plan;
    this.explainer = explainer;
    this.out = out;
    this.notices = notices;
    this.measuring =
        new Measuring(
            explainer,
            gradCam,
            plan.pictures(),
            terminal && !plan.quiet(),
            1 + (plan.fidelity() ? FIDELITY_SHARE : 0) + (plan.profile() ? PROFILE_SHARE : 0),
            new Faster(plan.chosen(), bundled)::of,
            notices);
  }

  /** What kept pictures from being explained, in their order. */
  List<Exception> failures() {
    return failures;
  }

  /**
   * Makes the study.
   *
   * @param remarks what a reader should know about the whole
   * @throws IOException if it cannot be written
   * @throws QuicklimeException if the model fails
   * @throws CancellationException if the thread was interrupted
   */
  void run(Interruption interruption, List<String> remarks) throws IOException {
    try (Staging staging = plan.out().stage(plan.name())) {
      interruption.guard(staging);
      Study study =
          new Study(staging.folder(), plan.chosen().preset().name(), plan.chosen().show());
      remarks.forEach(study::notice);
      OutputFolder folders = OutputFolder.at(staging.folder());
      for (int i = 0; i < plan.pictures().size(); i++) {
        Path picture = plan.pictures().get(i);
        try {
          add(study, i, staging.folder().resolve(folders.reserve(picture)));
        } catch (QuicklimeException | CancellationException | UncheckedIOException e) {
          throw e;
        } catch (InvalidInputException e) {
          failures.add(new InvalidInputException(PictureFailures.naming(picture, e), e));
        } catch (OutOfMemoryError e) {
          failures.add(PictureFailures.outOfMemory(picture, e));
        } catch (RuntimeException e) {
          failures.add(new IllegalStateException(picture + " could not be explained", e));
        }
      }
      if (study.pictures().isEmpty()) {
        return;
      }
      if (!failures.isEmpty()) {
        study.notice(
            failures.size() == 1
                ? "One picture could not be explained and is left out."
                : failures.size() + " pictures could not be explained and are left out.");
      }
      Path page = study.write();
      TimeLine.reached("the study is written");
      boolean printed = plan.pdf() && Printing.print(page, notices);
      TimeLine.reached("the study is printed");
      Path folder = staging.publish();
      out.println((plan.quiet() ? "" : "  ") + folder.resolve("report.html"));
      if (printed) {
        out.println((plan.quiet() ? "" : "  ") + folder.resolve("report.pdf"));
      }
      out.flush();
    }
  }

  private void add(Study study, int index, Path folder) throws IOException {
    Path picture = plan.pictures().get(index);
    String name = Measuring.name(picture);
    Explanation explanation = measuring.explain(index, plan.chosen().optionsOf(picture));
    Fidelity fidelity = plan.fidelity() ? measuring.fidelity(index, explanation) : null;
    SideBySide beside = beside(index, explanation);
    List<ProfileRow> profile = profile(index, explanation);
    study.add(
        new StudiedPicture(
            name,
            picture,
            String.valueOf(folder.getFileName()),
            explanation,
            fidelity,
            beside,
            profile));
    TimeLine.reached("its figures are drawn");
    Files.createDirectories(folder);
    ExplanationJson.write(
        picture.toString(), explanation, fidelity, beside, folder.resolve("explanation.json"));
    if (plan.export()) {
      RunArchive.write(explanation, folder.resolve("run.npz"));
    }
    if (!plan.quiet()) {
      Colours.print(
          out,
          ExplanationText.of(Bundled.called(picture), explanation, plan.chosen().show()),
          Ansi.AUTO);
      out.flush();
    }
  }

  /** A model may have no layer that maps can be made of, which matters to who asked for one. */
  private @Nullable SideBySide beside(int index, Explanation explanation) {
    try {
      return measuring.beside(index, explanation, plan.gradcam());
    } catch (QuicklimeException | InvalidInputException e) {
      if (plan.gradcamAsked()) {
        throw e;
      }
      notices.accept(
          Bundled.called(plan.pictures().get(index)) + ": no Grad-CAM: " + e.getMessage());
      return null;
    }
  }

  /** Fits from fewer samples than the explanation's, or none where there is no fewer. */
  private List<ProfileRow> profile(int index, Explanation explanation) {
    int samples = explanation.samples().rows() - 1;
    List<Integer> counts =
        IntStream.iterate(COUNTS - 1, step -> step - 1)
            .limit(COUNTS)
            .map(step -> samples >> step)
            .filter(count -> count >= 2)
            .distinct()
            .boxed()
            .toList();
    ExplainOptions options = plan.chosen().options();
    if (!plan.profile() || counts.size() < 2 || options.design() instanceof Exhaustive) {
      return List.of();
    }
    int reference =
        Math.min(ExplainOptions.MAX_SAMPLES, Math.max(LEAST_REFERENCE, REFERENCE_SHARE * samples));
    ProfileOptions asked =
        new ProfileOptions(
            options
                .withClasses(new ClassChoice.Listed(explanation.samples().classes()))
                .withSeed(0),
            List.of(options.design()),
            counts,
            List.of(options.target()),
            0,
            reference - reference % 2,
            HELD_OUT);
    List<ProfileRow> rows = new ArrayList<>();
    long each = PictureProfile.forwards(asked, explanation.segments().count(), false);
    long before = PictureProfile.preparation(asked);
    try (ProgressLine line = measuring.line(index, "profile", before + SEEDS * each);
        PictureProfile profile =
            PictureProfile.begin(
                explainer,
                explanation.picture(),
                asked,
                (done, _) -> line.scored(done, before + SEEDS * each))) {
      for (int seed = 1; seed <= SEEDS; seed++) {
        long already = before + (seed - 1) * each;
        rows.addAll(
            profile.rows(
                options.seed() + seed,
                false,
                (done, _) -> line.scored(already + done, before + SEEDS * each)));
      }
    } finally {
      TimeLine.reached("fits from fewer samples are compared");
    }
    return rows;
  }
}
