package dev.quicklime.cli.explain;

import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.cam.CamModel;
import dev.quicklime.cam.SideBySide;
import dev.quicklime.cli.run.Interruption;
import dev.quicklime.cli.run.Measuring;
import dev.quicklime.cli.run.PictureFailures;
import dev.quicklime.cli.run.Staging;
import dev.quicklime.cli.run.TimeLine;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.files.ExplanationJson;
import dev.quicklime.files.RunArchive;
import dev.quicklime.report.explanation.ExplanationText;
import dev.quicklime.report.explanation.ReportInput;
import dev.quicklime.report.text.Visible;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Explains one picture after the other and writes their reports. What is wrong with a picture is
 * kept for the end; what is wrong with the model or the disk ends the run. For one thread and one
 * use.
 */
public final class ExplainRun {

  /** Writes the pages and figures of one explanation. */
  @FunctionalInterface
  interface Reports {

    /** Writes a report into an empty folder. */
    void write(ReportInput input, Path folder) throws IOException;
  }

  private final ExplainPlan plan;
  private final Measuring measuring;
  private final Reports reports;
  private final PrintWriter out;
  private final Consumer<String> notices;
  private final List<Exception> failures = new ArrayList<>();
  private String decided = "";

  /**
   * Prepares a run.
   *
   * @param gradCam what is set beside the explanations, or null
   * @param out hears what was found
   * @param notices hears what is to be kept in mind about it
   * @param terminal whether somebody watches
   */
  ExplainRun(
      ExplainPlan plan,
      Explainer explainer,
      @Nullable CamModel gradCam,
      Reports reports,
      PrintWriter out,
      Consumer<String> notices,
      boolean terminal) {
    this.plan = plan;
    this.measuring = new Measuring(explainer, gradCam, terminal && !plan.quiet());
    this.reports = reports;
    this.out = out;
    this.notices = notices;
  }

  /** What kept pictures from being explained, in their order. */
  List<Exception> failures() {
    return failures;
  }

  /**
   * Explains all pictures.
   *
   * @throws IOException if a report cannot be written
   * @throws QuicklimeException if the model fails
   * @throws CancellationException if the thread was interrupted
   */
  void run(Interruption interruption) throws IOException {
    for (int i = 0; i < plan.pictures().size(); i++) {
      Path picture = plan.pictures().get(i);
      try (Staging staging = plan.out().stage(plan.names().get(i))) {
        interruption.guard(staging);
        explain(picture, staging);
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
  }

  private void explain(Path picture, Staging staging) throws IOException {
    Explanation explanation = measuring.explain(picture, plan.options().apply(picture));
    Fidelity fidelity = plan.fidelity() ? measuring.fidelity(picture, explanation) : null;
    SideBySide beside = measuring.beside(picture, explanation, plan.gradcam());
    Path folder = staging.folder();
    // First, as figures take longer than all that is said without them.
    ExplanationJson.write(
        picture.toString(), explanation, fidelity, beside, folder.resolve("explanation.json"));
    if (plan.export()) {
      RunArchive.write(explanation, folder.resolve("run.npz"));
    }
    if (!plan.quiet()) {
      String now = ExplanationText.decided(explanation.provenance());
      // The same for all pictures of a run, but for a model that still settles.
      out.print(now.equals(decided) ? "" : now);
      decided = now;
      out.print(ExplanationText.of(picture.toString(), explanation, plan.show()));
      if (fidelity != null) {
        out.print(ExplanationText.of(explanation, fidelity));
      }
      if (beside != null) {
        out.print(ExplanationText.of(explanation, beside));
      }
      tell(picture, explanation);
      out.flush();
    }
    if (plan.figures().hasReport()) {
      reports.write(
          new ReportInput(
              Measuring.name(picture),
              picture,
              explanation,
              fidelity,
              beside,
              plan.show(),
              plan.figures().classes()),
          folder);
    }
    Path report = staging.publish().resolve(plan.figures().opened());
    TimeLine.reached("the report is written");
    out.println((plan.quiet() ? "" : "  ") + Visible.line(report.toString()));
    out.flush();
  }

  private void tell(Path picture, Explanation explanation) {
    explanation.notices().forEach(notice -> notices.accept(picture + ": " + notice));
    explanation
        .classes()
        .forEach(
            explained ->
                explained
                    .fit()
                    .notices()
                    .forEach(
                        notice ->
                            notices.accept(
                                picture + ", " + explained.scored().label() + ": " + notice)));
  }
}
