package dev.quicklime.cli.explain;

import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.InvalidInputException;
import dev.quicklime.PreparedPicture;
import dev.quicklime.QuicklimeException;
import dev.quicklime.cam.CamModel;
import dev.quicklime.cam.SideBySide;
import dev.quicklime.cli.options.Like;
import dev.quicklime.cli.run.Colours;
import dev.quicklime.cli.run.HeapLimit;
import dev.quicklime.cli.run.Interruption;
import dev.quicklime.cli.run.Measuring;
import dev.quicklime.cli.run.PictureFailures;
import dev.quicklime.cli.run.Pipeline;
import dev.quicklime.cli.run.ProgressLine;
import dev.quicklime.cli.run.Staging;
import dev.quicklime.cli.run.TimeLine;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.files.ExplanationJson;
import dev.quicklime.files.RunArchive;
import dev.quicklime.image.Image;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.report.explanation.ExplanationText;
import dev.quicklime.report.explanation.ReportInput;
import dev.quicklime.report.text.Visible;
import dev.quicklime.scenes.Bundled;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * Explains one picture after the other and writes their reports, while the next picture is read and
 * the one before is written about. What is wrong with a picture is kept for the end; what is wrong
 * with the model or the disk ends the run. For one thread and one use.
 */
public final class ExplainRun {

  /** Writes the pages and figures of one explanation. */
  @FunctionalInterface
  interface Reports {

    /** Writes a report into an empty folder. */
    void write(ReportInput input, Path folder) throws IOException;
  }

  /** What takes a larger share of the heap leaves no room for other pictures beside it. */
  private static final int LARGE_SHARE = 16;

  /** Forward passes of an explanation whose fidelity is measured, in those of one that is not. */
  private static final int WITH_FIDELITY = 6;

  private final ExplainPlan plan;
  private final Measuring measuring;
  private final Reports reports;
  private final PrintWriter out;
  private final Consumer<String> notices;
  private final HeapLimit heap = new HeapLimit();
  private final List<Exception> failures = new ArrayList<>();
  private String decided = "";

  /**
   * Prepares a run.
   *
   * @param gradCam what is set beside the explanations, or null
   * @param shorter what would make a run shorter with such a model
   * @param out hears what was found
   * @param notices hears what is to be kept in mind about it
   * @param terminal whether somebody watches
   */
  ExplainRun(
      ExplainPlan plan,
      Explainer explainer,
      @Nullable CamModel gradCam,
      Reports reports,
      Function<ClassifierInfo, List<String>> shorter,
      PrintWriter out,
      Consumer<String> notices,
      boolean terminal) {
    this.plan = plan;
    this.measuring =
        new Measuring(
            explainer,
            gradCam,
            plan.pictures(),
            terminal && !plan.quiet(),
            plan.fidelity() ? WITH_FIDELITY : 1,
            shorter,
            notices);
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
    Pipeline.run(new PictureSteps(interruption), plan.pictures().size());
  }

  /**
   * What was found of a picture, and where its report is written.
   *
   * @param fidelity how far the explanation can be trusted, or null where that was not measured
   * @param beside maps of the same classes, or null
   */
  private record Found(
      Explanation explanation,
      @Nullable Fidelity fidelity,
      @Nullable SideBySide beside,
      Staging staging)
      implements Closeable {

    @Override
    public void close() throws IOException {
      staging.close();
    }
  }

  /** All that is done with a picture. */
  private final class PictureSteps implements Pipeline.Steps<PreparedPicture, Found> {

    private final Interruption interruption;

    PictureSteps(Interruption interruption) {
      this.interruption = interruption;
    }

    @Override
    public PreparedPicture prepare(int index) {
      Path picture = plan.pictures().get(index);
      return measuring.prepare(index, plan.options().apply(picture));
    }

    @Override
    public boolean alone(PreparedPicture prepared) {
      Image picture = prepared.picture();
      long values = (long) picture.width() * picture.height() * picture.channels();
      return values > Runtime.getRuntime().maxMemory() / LARGE_SHARE;
    }

    @Override
    public Found find(int index, Pipeline.Prepared<PreparedPicture> prepared) throws IOException {
      Staging staging = plan.out().stage(plan.names().get(index));
      try {
        interruption.guard(staging);
        Explanation explanation = measuring.explain(index, prepared.get());
        return new Found(
            explanation,
            plan.fidelity() ? measuring.fidelity(index, explanation) : null,
            measuring.beside(index, explanation, plan.gradcam()),
            staging);
      } catch (IOException | RuntimeException | Error e) {
        try {
          staging.close();
        } catch (IOException left) {
          e.addSuppressed(left);
        }
        throw e;
      }
    }

    @Override
    public void write(int index, Found found) throws IOException {
      ExplainRun.this.write(
          plan.pictures().get(index),
          found.explanation(),
          found.fidelity(),
          found.beside(),
          found.staging());
      if (index + 1 < plan.pictures().size()) {
        heap.keep();
      }
    }

    @Override
    public void failed(int index, Pipeline.Outcome outcome) throws IOException {
      Path picture = plan.pictures().get(index);
      try {
        outcome.rethrow();
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

  /** Writes a report and says what is in it; of one picture after the other. */
  private void write(
      Path picture,
      Explanation explanation,
      @Nullable Fidelity fidelity,
      @Nullable SideBySide beside,
      Staging staging)
      throws IOException {
    Path folder = staging.folder();
    // First, as figures take longer than all that is said without them.
    ExplanationJson.write(
        picture.toString(),
        explanation,
        fidelity,
        beside,
        plan.inputs().apply(picture),
        folder.resolve("explanation.json"));
    if (plan.export()) {
      RunArchive.write(explanation, folder.resolve("run.npz"));
    }
    if (!plan.quiet()) {
      ProgressLine.aside(() -> say(picture, explanation, fidelity, beside));
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
    Path opened = staging.publish().resolve(plan.figures().opened());
    TimeLine.reached("the report is written");
    ProgressLine.aside(
        () -> {
          out.println((plan.quiet() ? "" : "  ") + Visible.line(opened.toString()));
          out.flush();
        });
  }

  private void say(
      Path file,
      Explanation explanation,
      @Nullable Fidelity fidelity,
      @Nullable SideBySide beside) {
    String picture = Bundled.called(file);
    String now = ExplanationText.decided(explanation.provenance());
    // The same for all pictures of a run, but for a model that still settles.
    out.print(now.equals(decided) ? "" : now);
    decided = now;
    Colours.print(out, ExplanationText.of(picture, explanation, plan.show()), Ansi.AUTO);
    if (fidelity != null) {
      Colours.print(out, ExplanationText.of(explanation, fidelity), Ansi.AUTO);
    }
    if (beside != null) {
      out.print(ExplanationText.of(explanation, beside));
    }
    Like like = plan.like();
    String compared =
        like == null ? null : Repetition.compared(like, explanation, like.isPicture(file));
    if (compared != null) {
      out.println("  " + Visible.line(compared));
    }
    tell(picture, explanation);
    out.flush();
  }

  private void tell(String picture, Explanation explanation) {
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
