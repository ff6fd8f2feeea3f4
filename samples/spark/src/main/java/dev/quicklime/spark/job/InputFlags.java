package dev.quicklime.spark.job;

import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where pictures come from. */
@InGroup(HelpGroup.INPUT)
final class InputFlags {

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--input",
      paramLabel = "URI",
      required = true,
      description =
          "Folders or files of pictures, in any file system that Spark knows; may be given more"
              + " than once, and have wildcards. With --input-format, where a table is.")
  private List<String> input = new ArrayList<>();

  @Option(
      names = "--glob",
      paramLabel = "*.jpg",
      description = "Take only files whose names match (default: all).")
  private @Nullable String glob;

  @Option(
      names = "--input-format",
      paramLabel = "files|parquet|...",
      description =
          "Read a table of this format of Spark's, whose column of bytes holds the pictures"
              + " (default: ${DEFAULT-VALUE}).")
  private String format = "files";

  @Option(
      names = "--content-column",
      paramLabel = "NAME",
      description = "Column of picture files' bytes (default: ${DEFAULT-VALUE}).")
  private String contentColumn = "content";

  @Option(
      names = "--path-column",
      paramLabel = "NAME",
      description = "Column of what pictures are called (default: ${DEFAULT-VALUE}).")
  private String pathColumn = "path";

  List<String> places() {
    return input;
  }

  @Nullable String glob() {
    return glob;
  }

  boolean isTable() {
    return !format.equals("files");
  }

  String format() {
    if (isTable() && glob != null) {
      throw new InvalidInputException("--glob goes with files, not with --input-format " + format);
    }
    return format;
  }

  String contentColumn() {
    return contentColumn;
  }

  String pathColumn() {
    return pathColumn;
  }
}
