package dev.quicklime.profile;

import dev.quicklime.Explainer;
import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.image.Image;
import dev.quicklime.run.Progress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;

/**
 * Scores ranges of the masks that the fits of a picture are compared by, where a profile's
 * references are computed in more processes than one. For one thread.
 */
public final class ReferenceScorer implements AutoCloseable {

  private final ProfiledPicture picture;
  private final List<ReferenceSet> sets;

  private ReferenceScorer(ProfiledPicture picture, List<ReferenceSet> sets) {
    this.picture = picture;
    this.sets = sets;
  }

  /**
   * Finds a picture's superpixels and classes, as {@link PictureProfile#begin} does.
   *
   * @throws InvalidInputException if picture or options do not fit the model
   * @throws QuicklimeException if the model fails
   * @throws CancellationException if the thread is interrupted
   */
  public static ReferenceScorer of(Explainer explainer, Image picture, ProfileOptions options) {
    Objects.requireNonNull(explainer, "explainer");
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(options, "options");
    return new ReferenceScorer(
        ProfiledPicture.of(explainer, picture, options), ReferenceSet.all(options));
  }

  /**
   * Scores a range.
   *
   * @param progress hears of rows scored
   * @throws InvalidInputException if the profile has no such rows
   * @throws QuicklimeException if the model fails
   * @throws CancellationException if the thread is interrupted
   */
  public ReferencePart score(ReferenceRange range, Progress progress) {
    Objects.requireNonNull(range, "range");
    Objects.requireNonNull(progress, "progress");
    if (range.set() >= sets.size() || range.to() > sets.get(range.set()).rows()) {
      throw new InvalidInputException(
          "a range must be one of the profile's, of sets of %s rows, got %s"
              .formatted(sets.stream().map(ReferenceSet::rows).toList(), range));
    }
    SharedPass pass = picture.pass();
    ReferenceSet set = sets.get(range.set());
    ScoredMasks scored =
        pass.score(set.draw(pass.superpixels(), range.from(), range.to()), progress);
    return new ReferencePart(
        range,
        pass.superpixels(),
        pass.classes().stream().mapToInt(Integer::intValue).toArray(),
        scored.scores());
  }

  /** Gives back what was taken from the classifier. */
  @Override
  public void close() {
    picture.close();
  }
}
