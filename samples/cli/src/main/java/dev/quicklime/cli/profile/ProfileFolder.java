package dev.quicklime.cli.profile;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.file.HiddenFolder;
import dev.quicklime.report.profile.ResultFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where results of a profile grow, beside the settings that they were measured with.
 *
 * @param folder of both; it need not be there
 * @param settings that decide the results
 */
record ProfileFolder(Path folder, ObjectNode settings) {

  static final String RESULTS = "profile.csv";

  /** What results depend on; other results are not mixed in. */
  private static final String SETTINGS = "profile-settings.json";

  /**
   * Refuses to mix results with those of other settings.
   *
   * @throws InvalidInputException if the folder has results of others
   */
  void requireSame() throws IOException {
    Path kept = folder.resolve(SETTINGS);
    if (!ResultFile.isEmpty(folder.resolve(RESULTS))
        && !(Files.exists(kept) && Files.readString(kept).equals(text()))) {
      throw new InvalidInputException(
          "--out must be a new folder, or that of a profile with the same options to go on with,"
              + " got one of other options: "
              + folder);
    }
  }

  /** Writes the settings, and opens the results or begins them. */
  ResultFile begin(ProfilePlan plan) throws IOException {
    Files.createDirectories(folder);
    try (HiddenFolder hidden = HiddenFolder.in(folder)) {
      Files.writeString(hidden.path().resolve(SETTINGS), text());
      hidden.publishInto(folder);
    }
    return ResultFile.open(folder.resolve(RESULTS), plan.references(), plan.linesOfSeed());
  }

  private String text() throws IOException {
    return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(settings) + "\n";
  }
}
