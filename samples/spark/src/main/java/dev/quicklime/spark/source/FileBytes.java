package dev.quicklime.spark.source;

import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads files where tasks run. A file that has gone, or may not be read, is a problem of one
 * picture; Spark's own source ends a job for it.
 */
public final class FileBytes implements Serializable {

  @Serial private static final long serialVersionUID = 1;

  /** Longer ones do not fit into a row of Spark. */
  private static final long MOST_BYTES = 1L << 30;

  private final SerializableConfiguration configuration;

  /**
   * Reads as a driver is configured.
   *
   * @param configuration of its file systems
   */
  public FileBytes(Configuration configuration) {
    Objects.requireNonNull(configuration, "configuration");
    this.configuration = new SerializableConfiguration(configuration);
  }

  /**
   * The bytes of a file.
   *
   * @param uri as Spark lists it
   * @throws IOException if it cannot be read, or is longer than a gigabyte
   */
  public byte[] read(String uri) throws IOException {
    Path path = new Path(uri);
    FileSystem files = path.getFileSystem(configuration.value());
    FileStatus status = files.getFileStatus(path);
    if (status.getLen() > MOST_BYTES) {
      throw new IOException(
          "a picture file must have at most %s bytes, got %s"
              .formatted(MOST_BYTES, status.getLen()));
    }
    byte[] bytes = new byte[(int) status.getLen()];
    try (FSDataInputStream in = files.open(path)) {
      in.readFully(0, bytes);
    }
    return bytes;
  }
}
