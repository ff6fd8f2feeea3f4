package dev.quicklime.files.npy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes one array as an {@code .npy} file that {@code numpy.load} reads: little-endian, C order.
 */
public final class NpyWriter {

  private NpyWriter() {}

  /**
   * Writes an array, over what is there.
   *
   * @param dtype the numbers' type as NumPy names it, one that {@link NpyArray} reads
   * @param data the numbers in C order and little-endian, from its position to its limit, which do
   *     not change; truth values are bytes of 0 and 1
   * @throws IOException if the file cannot be written; what was written so far is left
   */
  public static void write(Path file, String dtype, int[] shape, ByteBuffer data)
      throws IOException {
    NpyType type = NpyType.of(dtype);
    NpyHeader.checkRaw("the array", type, shape, data);
    ByteBuffer rest = data.duplicate();
    try (FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING);
        OutputStream out = Channels.newOutputStream(channel)) {
      NpyHeader.write(out, type.descr(), shape);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    }
  }
}
