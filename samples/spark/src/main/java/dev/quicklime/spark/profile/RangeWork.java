package dev.quicklime.spark.profile;

import dev.quicklime.profile.ReferencePart;
import dev.quicklime.profile.ReferenceRange;
import dev.quicklime.profile.ReferenceScorer;
import dev.quicklime.spark.executor.Explainers;
import dev.quicklime.spark.executor.KilledTask;
import java.io.Serial;
import org.apache.spark.broadcast.Broadcast;

/**
 * Scores a range of the masks that the fits of a picture are compared by.
 *
 * @param spec of the profile
 * @param picture that is scored
 */
record RangeWork(ProfileSpec spec, Broadcast<ShippedPicture> picture)
    implements Work<ReferenceRange, Answer<ReferencePart>> {

  @Serial private static final long serialVersionUID = 1;

  @Override
  public Answer<ReferencePart> of(ReferenceRange range) {
    try (Explainers.Lease lease = Explainers.lease(spec.explain())) {
      return Answer.to(
          () -> {
            try (ReferenceScorer scorer =
                ReferenceScorer.of(
                    lease.explainer(), picture.value().open(), spec.plan().options())) {
              return scorer.score(range, KilledTask.progress());
            }
          });
    }
  }
}
