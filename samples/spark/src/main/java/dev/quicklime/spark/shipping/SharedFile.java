package dev.quicklime.spark.shipping;

import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.spark.SparkFiles;
import org.jspecify.annotations.Nullable;

/**
 * The value of an option that is a file, as every process of an application finds it.
 *
 * @param option that takes it, for instance {@code --model}
 * @param path of the file, within the archive where there is one
 * @param archive that Spark unpacks in every process, or null where the path is the same for all
 */
public record SharedFile(String option, String path, @Nullable String archive)
    implements Serializable {

  @Serial private static final long serialVersionUID = 1;

  public SharedFile {
    Objects.requireNonNull(option, "option");
    Objects.requireNonNull(path, "path");
  }

  /** Where this process has the file. */
  public Path here() {
    return archive == null ? Path.of(path) : Path.of(SparkFiles.get(archive)).resolve(path);
  }

  /** The option and its value for this process. */
  public String word() {
    return option + "=" + here();
  }
}
