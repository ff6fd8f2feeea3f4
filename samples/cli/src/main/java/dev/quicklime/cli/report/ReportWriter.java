package dev.quicklime.cli.report;

import java.io.IOException;
import java.nio.file.Path;

/** Writes reports. */
public final class ReportWriter {

  private ReportWriter() {}

  /**
   * Writes {@code report.html} and its figures, over what is there.
   *
   * @param folder made where it is missing
   * @throws IOException if a file cannot be written
   * @throws dev.quicklime.QuicklimeException if the machine has no fonts to write with
   */
  public static void write(ReportInput input, Path folder) throws IOException {
    throw new UnsupportedOperationException("reports are being written");
  }
}
