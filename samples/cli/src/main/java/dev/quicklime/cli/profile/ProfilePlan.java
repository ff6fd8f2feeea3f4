package dev.quicklime.cli.profile;

import dev.quicklime.design.Design;
import dev.quicklime.profile.PictureProfile;
import dev.quicklime.profile.ProfileOptions;
import dev.quicklime.report.profile.ResultFile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a profile measures, as far as it is known before the model is loaded.
 *
 * @param pictures each by the name that results have it under
 * @param designs by the names that results have them under
 * @param options what is compared
 * @param seeds 0 to this
 * @param curves for how many of the seeds deletion and insertion are scored
 * @param error that the sentences are about, or null for that of bernoulli
 */
public record ProfilePlan(
    Map<String, ProfilePicture> pictures,
    Map<String, Design> designs,
    ProfileOptions options,
    int seeds,
    int curves,
    @Nullable Double error) {

  /**
   * Of superpixels, where their number is only known later and decides no more than an estimate.
   */
  private static final int TYPICAL = 64;

  /** Copies the maps. */
  public ProfilePlan {
    pictures = Collections.unmodifiableMap(new LinkedHashMap<>(pictures));
    designs = Collections.unmodifiableMap(new LinkedHashMap<>(designs));
  }

  /** The same for other pictures. */
  public ProfilePlan with(Map<String, ProfilePicture> others) {
    return new ProfilePlan(others, designs, options, seeds, curves, error);
  }

  /**
   * One of the pictures.
   *
   * @param name that results have it under
   * @throws NullPointerException if there is none of the name
   */
  public ProfilePicture picture(String name) {
    return Objects.requireNonNull(pictures.get(name), name);
  }

  /** Lines of results for a picture's references. */
  public int references() {
    return options.designs().size() * options.targets().size();
  }

  /** Lines of results for a picture's seed and each of its classes. */
  public int linesOfSeed() {
    int fits = options.counts().size() + (options.stop() > 0 ? 1 : 0);
    return options.designs().size() * fits * options.targets().size();
  }

  /** The name of one of the designs. */
  public String name(Design design) {
    return designs.entrySet().stream()
        .filter(entry -> entry.getValue().equals(design))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /** The pictures that results lack something of. */
  public List<String> missing(ResultFile results) {
    return pictures.keySet().stream().filter(name -> work(name, results) > 0).toList();
  }

  /**
   * About how many images are to be scored for a picture's missing results; 0 if there are none.
   */
  public long work(String picture, ResultFile results) {
    long work = 0;
    boolean complete = results.has(picture, -1);
    for (int seed = 0; seed < seeds; seed++) {
      if (!results.has(picture, seed)) {
        work += work(seed);
        complete = false;
      }
    }
    return complete ? 0 : work + PictureProfile.preparation(options);
  }

  /** About how many images are to be scored for a seed. */
  public long work(int seed) {
    return PictureProfile.forwards(options, TYPICAL, seed < curves);
  }
}
