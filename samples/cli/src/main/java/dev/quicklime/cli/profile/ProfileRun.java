package dev.quicklime.cli.profile;

import dev.quicklime.Explainer;
import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.cli.run.ProgressLine;
import dev.quicklime.cli.run.Stderr;
import dev.quicklime.image.Image;
import dev.quicklime.profile.PictureProfile;
import dev.quicklime.report.profile.ResultFile;
import dev.quicklime.run.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Measures what the results of a profile lack, picture by picture and seed by seed. */
final class ProfileRun {

  private final ProfilePlan plan;
  private final Explainer explainer;
  private final ResultFile results;
  private final MeasuredLines lines;
  private final List<Exception> failures = new ArrayList<>();

  ProfileRun(ProfilePlan plan, Explainer explainer, ResultFile results) {
    this.plan = plan;
    this.explainer = explainer;
    this.results = results;
    lines = new MeasuredLines(plan);
  }

  /**
   * Measures, and adds every seed to the results as soon as it is finished.
   *
   * @return why some pictures could not be measured; each message names its picture
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   * @throws QuicklimeException if the model fails
   */
  List<Exception> measure() throws IOException {
    List<String> missing = plan.missing(results);
    long total = missing.stream().mapToLong(name -> plan.work(name, results)).sum();
    if (total == 0) {
      return failures;
    }
    long done = 0;
    try (ProgressLine line = ProgressLine.begin("profile", "images", total, Stderr.isTerminal())) {
      for (String name : missing) {
        long before = done;
        done += plan.work(name, results);
        long after = done;
        try {
          measure(name, (now, all) -> line.scored(Math.min(before + now, after), total));
        } catch (InvalidInputException e) {
          failures.add(ProfilePicture.wrong(name, e));
        }
      }
    }
    return failures;
  }

  private void measure(String name, Progress progress) throws IOException {
    Image picture = plan.picture(name).open();
    try (PictureProfile profile =
        PictureProfile.begin(explainer, picture, plan.options(), progress)) {
      if (!results.has(name, -1)) {
        results.add(lines.references(name, profile));
      }
      long done = PictureProfile.preparation(plan.options());
      for (int seed = 0; seed < plan.seeds(); seed++) {
        if (!results.has(name, seed)) {
          long before = done;
          results.add(
              lines.ofSeed(name, profile, seed, (now, all) -> progress.scored(before + now, all)));
          done += plan.work(seed);
        }
      }
    }
  }
}
