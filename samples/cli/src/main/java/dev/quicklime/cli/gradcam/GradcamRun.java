package dev.quicklime.cli.gradcam;

import dev.quicklime.Environment;
import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.Versions;
import dev.quicklime.cam.CamInput;
import dev.quicklime.cam.CamMap;
import dev.quicklime.cam.CamModel;
import dev.quicklime.cam.CamResult;
import dev.quicklime.cam.CamStatistics;
import dev.quicklime.cli.run.Interruption;
import dev.quicklime.cli.run.PictureFailures;
import dev.quicklime.cli.run.Staging;
import dev.quicklime.files.CamArchive;
import dev.quicklime.files.GradcamJson;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.image.Placement;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.image.ReadLimits;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.report.gradcam.CamReport;
import dev.quicklime.report.text.ScoreDigits;
import dev.quicklime.report.text.Words;
import dev.quicklime.run.Stage;
import dev.quicklime.scenes.Bundled;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Maps one picture after the other and writes their reports. What is wrong with a picture is kept
 * for the end; what is wrong with the model, its layer or classes, or the disk ends the run.
 */
final class GradcamRun {

  private static final String ROW = "  %-28s %10s %8s %12s  %s";

  private static final ScoreDigits DIGITS = new ScoreDigits(CamModel.PRECISION);

  private GradcamPlan plan;
  private final CamModel cam;
  private final PrintWriter out;
  private final Consumer<String> notices;
  private final List<Exception> failures;

  /**
   * Prepares a run.
   *
   * @param out hears what was found
   * @param notices hears what is to be kept in mind about it
   * @param failures gets what is wrong with pictures
   */
  GradcamRun(
      GradcamPlan plan,
      CamModel cam,
      PrintWriter out,
      Consumer<String> notices,
      List<Exception> failures) {
    this.plan = plan;
    this.cam = cam;
    this.out = out;
    this.notices = notices;
    this.failures = failures;
  }

  /**
   * Maps all pictures.
   *
   * @throws IOException if a report cannot be written
   * @throws QuicklimeException if the model fails
   * @throws CancellationException if the thread was interrupted
   */
  void run(Interruption interruption, boolean terminal) throws IOException {
    int count = plan.pictures().size();
    List<String> reports = new ArrayList<>();
    try (CamProgress progress = new CamProgress(plan.pictures(), terminal && !plan.quiet())) {
      for (int i = 0; i < count; i++) {
        if (Thread.interrupted()) {
          throw new CancellationException("interrupted");
        }
        Path picture = plan.pictures().get(i);
        try (Staging staging = plan.out().stage(plan.names().get(i))) {
          interruption.guard(staging);
          reports.add(
              plan.videos().paths().contains(picture)
                  ? film(i, staging, progress)
                  : map(i, staging, progress));
        } catch (QuicklimeException | CancellationException | UncheckedIOException e) {
          throw e;
        } catch (InvalidInputException e) {
          failures.add(new InvalidInputException(PictureFailures.naming(picture, e), e));
        } catch (RuntimeException e) {
          failures.add(new IllegalStateException(picture + " could not be mapped", e));
        }
        progress.done(i);
      }
    } finally {
      reports.forEach(out::print);
      out.flush();
    }
  }

  private String map(int index, Staging staging, CamProgress progress) throws IOException {
    Path file = plan.pictures().get(index);
    progress.picture(index, CamProgress.MAPS);
    SequencedMap<String, Double> times = new LinkedHashMap<>();
    long start = System.nanoTime();
    Image picture = ImageFiles.read(file, ReadLimits.defaults());
    times.put("read", millis(start));
    long fitting = System.nanoTime();
    CamInput input = CamInput.pictures(List.of(picture), plan.model().input());
    times.put("fit", millis(fitting));
    CamResult result = explain(input).withNotices(input.notices().getFirst());
    times.put("forward", result.timings().of(Stage.FORWARD));
    times.put("backward", result.timings().of(Stage.BACKWARD));
    times.put("maps", result.timings().of(Stage.MAPS));
    times.put("total", millis(start));
    progress.picture(index, CamProgress.REPORT);
    String name = String.valueOf(file.getFileName());
    Path folder = staging.folder();
    new CamReport(
            name,
            String.valueOf(plan.model().file().getFileName()),
            picture,
            plan.model().input(),
            result,
            0,
            plan.options(),
            plan.model().labels(),
            plan.opacity(),
            times,
            provenance(file))
        .write(folder, plan.formats());
    new GradcamJson(
            String.valueOf(plan.model().file().getFileName()),
            plan.model().input(),
            plan.model().labels(),
            plan.options())
        .write(
            file.toString(),
            picture,
            result,
            times,
            provenance(file),
            folder.resolve(GradcamCommand.MARK));
    if (plan.export()) {
      CamArchive.write(result.first(), false, folder.resolve("cam.npz"));
    }
    Path report = staging.publish().resolve("report.html");
    tell(file, result);
    return (plan.quiet() ? "" : summary(file, picture, result, times) + "  ")
        + report
        + System.lineSeparator();
  }

  private String film(int index, Staging staging, CamProgress progress) throws IOException {
    Path file = plan.pictures().get(index);
    VideoRun run =
        new VideoRun(plan, cam, plan.videos().clip(), plan.videos().rate(), provenance(file));
    String summary;
    try {
      summary = run.map(file, staging.folder(), progress, index);
    } catch (QuicklimeException e) {
      String said = String.valueOf(e.getMessage());
      if (plan.videos().clip() == 0 && said.contains("takes clips of frames")) {
        throw new QuicklimeException(said + "; --clip says how many frames", e);
      }
      throw plan.videos().clip() == 0 && said.contains("failed on an input")
          ? new QuicklimeException(
              said + "; a model that takes clips of frames, not pictures, needs --clip", e)
          : e;
    }
    Path report = staging.publish().resolve("report.html");
    run.notices().forEach(notice -> notices.accept(Bundled.called(file) + ": " + notice));
    return (plan.quiet() ? "" : summary + "  ") + report + System.lineSeparator();
  }

  /** What is wrong here is wrong for every picture. */
  private CamResult explain(CamInput input) {
    CamResult result;
    try {
      result = cam.explain(input, plan.options());
      plan.model().labels().check(result.classes());
    } catch (InvalidInputException e) {
      throw new QuicklimeException(String.valueOf(e.getMessage()), e);
    } catch (QuicklimeException e) {
      String said = String.valueOf(e.getMessage());
      throw said.contains("or name an earlier one")
          ? new QuicklimeException(said + "; --layer takes its name", e)
          : e;
    }
    plan = plan.settled(result.classes());
    return result.withNotices(plan.model().labels().notices());
  }

  private static double millis(long since) {
    return (System.nanoTime() - since) / 1e6;
  }

  private SequencedMap<String, String> provenance(Path file) {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put("Picture", file.toString());
    facts.put("Model", plan.model().file().toString());
    facts.put("Model input", plan.model().input().toString());
    facts.put("Options", plan.options().toString());
    facts.put("Device", cam.device());
    facts.put(CamReport.PRECISION, CamModel.PRECISION);
    facts.put("Threads", Integer.toString(cam.threads()));
    facts.put("Processor", Environment.cpu());
    new TreeMap<>(Versions.all())
        .forEach((name, version) -> facts.put("Version of " + name, version));
    return facts;
  }

  private void tell(Path file, CamResult result) {
    result.notices().forEach(notice -> notices.accept(Bundled.called(file) + ": " + notice));
    for (CamMap map : result.first()) {
      map.notices()
          .forEach(
              notice ->
                  notices.accept(
                      Bundled.called(file)
                          + ", "
                          + plan.model().labels().name(map.index())
                          + ": "
                          + notice));
    }
  }

  private String summary(
      Path file, Image picture, CamResult result, SequencedMap<String, Double> times) {
    StringBuilder text = new StringBuilder();
    text.append(
        line(
            String.format(
                Locale.ROOT,
                "%s: %d x %d pixels, layer %s, %s",
                Bundled.called(file),
                picture.width(),
                picture.height(),
                result.layer().called(),
                GradcamCommand.size(result.layer()))));
    text.append(
        line(String.format(Locale.ROOT, ROW, "class", "score", "prob.", "largest", "peak at")));
    result.first().forEach(map -> text.append(row(map, picture)));
    return text.append(line(times)).toString();
  }

  private String row(CamMap map, Image picture) {
    Preprocessing input = plan.model().input();
    Placement placement = input.placement(picture.width(), picture.height());
    CamStatistics statistics = CamStatistics.of(map);
    String name = plan.model().labels().name(map.index());
    ScoredClass scored = new ScoredClass(map.index(), name, map.score(), map.probability());
    String label = Words.numbered(map.index(), name);
    return line(
        String.format(
            Locale.ROOT,
            ROW,
            label.length() > 28 ? label.substring(0, 25) + "..." : label,
            decimals(map.score(), DIGITS.decimals(map.score(), 4)),
            decimals(map.probability(), DIGITS.probabilityDecimals(scored, 4)),
            String.format(Locale.ROOT, "%.4g", statistics.max()),
            String.format(
                Locale.ROOT,
                "x %.0f, y %.0f (row %d, column %d of the map)",
                statistics.x(map, placement, input.width()),
                statistics.y(map, placement, input.height()),
                statistics.row() + 1,
                statistics.column() + 1)));
  }

  private static String decimals(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** What took how long, in a line. */
  static String line(SequencedMap<String, Double> times) {
    return line(
        times.entrySet().stream()
            .map(entry -> entry.getKey() + " " + Words.duration(entry.getValue()))
            .collect(Collectors.joining(", ", "  time: ", "")));
  }

  private static String line(String text) {
    return text.stripTrailing() + System.lineSeparator();
  }
}
