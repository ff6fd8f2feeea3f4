package dev.quicklime.spark.profile;

import dev.quicklime.cli.profile.MeasuredLines;
import dev.quicklime.cli.profile.ProfilePlan;
import dev.quicklime.profile.PictureProfile;
import dev.quicklime.profile.ReferenceScores;
import dev.quicklime.report.profile.ProfileLine;
import dev.quicklime.spark.executor.Explainers;
import dev.quicklime.spark.executor.KilledTask;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import org.apache.spark.broadcast.Broadcast;

/**
 * Measures a seed of a picture, or with −1 says how sure its references are.
 *
 * @param spec of the profile
 * @param name of the picture
 * @param picture itself
 * @param scores of all that its fits are compared by
 */
record SeedWork(
    ProfileSpec spec,
    String name,
    Broadcast<ShippedPicture> picture,
    Broadcast<ReferenceScores> scores)
    implements Work<Integer, SeedWork.Measured> {

  @Serial private static final long serialVersionUID = 1;

  /** Stands for the references among the seeds, as it does in the results. */
  static final int REFERENCES = -1;

  /**
   * What came of a seed.
   *
   * @param seed which it was
   * @param lines of results
   */
  record Measured(int seed, Answer<ArrayList<ProfileLine>> lines) implements Serializable {

    @Serial private static final long serialVersionUID = 1;
  }

  @Override
  public Measured of(Integer seed) {
    try (Explainers.Lease lease = Explainers.lease(spec.explain())) {
      return new Measured(seed, Answer.to(() -> lines(lease, seed)));
    }
  }

  private ArrayList<ProfileLine> lines(Explainers.Lease lease, int seed) {
    ProfilePlan plan = spec.plan();
    MeasuredLines lines = new MeasuredLines(plan);
    try (PictureProfile profile =
        PictureProfile.begin(
            lease.explainer(), picture.value().open(), plan.options(), scores.value())) {
      return new ArrayList<>(
          seed == REFERENCES
              ? lines.references(name, profile)
              : lines.ofSeed(name, profile, seed, KilledTask.progress()));
    }
  }
}
