package dev.quicklime.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A reader and files that it reads.
 *
 * @param name what reports call it
 * @param file name that inputs are given, as some readers look at it
 * @param container what is around the part that the reader is about
 * @param seeds whole files
 * @param reader reads a file; what it throws must be documented
 */
record FuzzTarget(
    String name, String file, Container container, List<byte[]> seeds, Reader reader) {

  /** Reads a file as far as Java does. */
  interface Reader {
    void read(Path file) throws IOException;
  }

  @Override
  public String toString() {
    return name;
  }
}
