package dev.quicklime.cli.profile;

import dev.quicklime.cli.options.Parse;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.profile.PictureProfile;
import dev.quicklime.report.profile.ProfileLine;
import dev.quicklime.run.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Makes lines of results of what is measured of a picture.
 *
 * @param plan of the profile
 */
public record MeasuredLines(ProfilePlan plan) {

  public MeasuredLines {
    Objects.requireNonNull(plan, "plan");
  }

  /**
   * Fits samples of one seed.
   *
   * @param name of the picture
   * @param progress hears of pictures scored
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   * @throws dev.quicklime.QuicklimeException if the model fails
   */
  public List<ProfileLine> ofSeed(
      String name, PictureProfile profile, int seed, Progress progress) {
    Map<Integer, String> labels =
        profile.classes().stream()
            .collect(Collectors.toMap(ScoredClass::index, ScoredClass::label, (a, _) -> a));
    return profile.rows(seed, seed < plan.curves(), progress).stream()
        .map(
            row ->
                ProfileLine.of(
                    name,
                    profile.superpixels(),
                    plan.name(row.setting().design()),
                    Parse.word(row.setting().target()),
                    labels.getOrDefault(row.setting().classIndex(), ""),
                    row))
        .toList();
  }

  /**
   * Says how sure the fits are that all others of a picture are compared with.
   *
   * @param name of the picture
   */
  public List<ProfileLine> references(String name, PictureProfile profile) {
    List<ProfileLine> lines = new ArrayList<>();
    plan.designs()
        .forEach(
            (design, data) ->
                plan.options()
                    .targets()
                    .forEach(
                        target ->
                            lines.add(
                                ProfileLine.reference(
                                    name,
                                    profile.superpixels(),
                                    design,
                                    Parse.word(target),
                                    plan.options().reference(),
                                    profile.uncertainty(data, target)))));
    return lines;
  }
}
