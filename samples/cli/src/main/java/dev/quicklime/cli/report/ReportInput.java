package dev.quicklime.cli.report;

import dev.quicklime.Explanation;
import java.nio.file.Path;

/**
 * What a report is made of.
 *
 * @param name what the report calls the picture
 * @param picture the file it came from; it is named, not read
 * @param explanation what is shown
 * @param show which weights figures and tables show
 */
public record ReportInput(String name, Path picture, Explanation explanation, Show show) {}
