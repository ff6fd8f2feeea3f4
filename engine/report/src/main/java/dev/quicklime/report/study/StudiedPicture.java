package dev.quicklime.report.study;

import dev.quicklime.Explanation;
import dev.quicklime.cam.SideBySide;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.profile.ProfileRow;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a study measures on one picture.
 *
 * @param name what the study calls it
 * @param picture its file
 * @param folder of its own files, beside the study's page
 * @param explanation of its classes
 * @param fidelity how far that can be trusted, or null where it was not measured
 * @param beside Grad-CAM of the same classes, or null
 * @param profile fits from fewer samples, or none
 */
public record StudiedPicture(
    String name,
    Path picture,
    String folder,
    Explanation explanation,
    @Nullable Fidelity fidelity,
    @Nullable SideBySide beside,
    List<ProfileRow> profile) {

  /** Copies the rows. */
  public StudiedPicture {
    profile = List.copyOf(profile);
  }
}
